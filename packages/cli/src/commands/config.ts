import { Argument, type Command } from 'commander';
import { EXIT } from '../errors.ts';
import { envOf } from '../options.ts';
import { helpTail, print } from '../output.ts';

const SERVICES = {
  processor: () => import('@tocsin/processor'),
  inventory: () => import('@tocsin/inventory'),
  builder: () => import('@tocsin/builder'),
  exporter: () => import('@tocsin/exporter'),
  api: () => import('@tocsin/api'),
  simulator: () => import('@tocsin/simulator'),
} as const;

type ServiceName = keyof typeof SERVICES;

export function configCommand(program: Command): void {
  program
    .command('config')
    .summary('show the configuration that holds, secrets masked')
    .description('Reads the environment as the services do and shows every setting: what holds, and whence.')
    .addArgument(new Argument('[service]', 'one service; all unless given').choices(Object.keys(SERVICES)))
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      helpTail(
        {
          'tocsin config processor': 'every setting of the processor',
          'tocsin config --json': 'all, for a machine',
        },
        {
          0: 'the configuration is sound',
          2: 'it is not: all faults are on stderr',
        },
      ),
    )
    .action(async (only: ServiceName | undefined, options: { json?: boolean }, command: Command) => {
      const { ConfigError, describeConfig } = await import('@tocsin/runtime');
      const shown: Partial<Record<ServiceName, ReturnType<typeof describeConfig>>> = {};
      for (const name of only ? [only] : (Object.keys(SERVICES) as ServiceName[])) {
        const { CONFIG } = await SERVICES[name]();
        try {
          shown[name] = describeConfig(CONFIG, envOf(command));
        } catch (error) {
          if (!(error instanceof ConfigError)) throw error;
          process.stderr.write(`${name}: ${error.message}\n`);
          process.exitCode = EXIT.usage;
        }
      }
      await print(options.json ? `${JSON.stringify(shown)}\n` : asText(shown));
    });
}

interface Line {
  readonly name: string;
  readonly value: string;
  readonly from: string;
  readonly meaning: string;
}

function asText(shown: Readonly<Record<string, readonly Line[]>>): string {
  const lines = Object.values(shown).flat();
  const width = (of: (line: Line) => string) => Math.max(0, ...lines.map((line) => of(line).length));
  const [names, values] = [width(({ name }) => name), width(({ value }) => value)];
  return Object.entries(shown)
    .map(([service, settings]) =>
      [
        service,
        ...settings.map(({ name, value, from, meaning }) =>
          `  ${name.padEnd(names)}  ${value.padEnd(values)}  ${from.padEnd(11)}  ${meaning}`.trimEnd(),
        ),
        '',
      ].join('\n'),
    )
    .join('\n');
}
