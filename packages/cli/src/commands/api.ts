import { join } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { EXIT, UsageError } from '../errors.ts';
import { clickhouseUrl, database, envOf } from '../options.ts';
import { helpTail, print } from '../output.ts';
import { serve } from '../serve.ts';

/** Where the key of this machine's tokens is, for `tocsin api` and `tocsin token` alike. */
async function keyFile(env: Record<string, string | undefined>): Promise<string> {
  const { dataFolder } = await import('@tocsin/embedded');
  return join(dataFolder(env), 'api-key.json');
}

export function apiCommand(program: Command): void {
  program
    .command('api')
    .summary('run the API and the console: every question over HTTP, each party sees its own devices')
    .description(
      'Answers on the loopback address, and shows an address with a token that is new each time; tokens of\n' +
        '`tocsin token` are believed as well. With any other address it needs an issuer: AUTH_ISSUER, AUTH_JWKS.\n' +
        '/v1/openapi.json says what may be asked. The console is behind the same address.',
    )
    .addOption(clickhouseUrl())
    .addOption(database())
    .addOption(new Option('--port <n>', 'port of the API').env('API_PORT'))
    .addHelpText(
      'after',
      helpTail(
        {
          'CLICKHOUSE_URL=http://127.0.0.1:8123 tocsin api': 'in front, until SIGTERM',
          'tocsin config api': 'all settings and what holds',
        },
        { 0: 'stopped as told', 1: 'failed; the log says why' },
      ),
    )
    .action(async (_options, command: Command) => {
      const env = envOf(command);
      const ours = env.API_KEY_FILE || env.AUTH_ISSUER ? {} : { API_KEY_FILE: await keyFile(env) };
      await serve(command, () => import('@tocsin/api'), ours);
    });
}

interface Options {
  readonly role: string;
  readonly party?: string;
  readonly hours: number;
  readonly json?: boolean;
}

const DAY_SECONDS = 86_400;

const hours = (text: string) => {
  if (!/^\d{1,4}$/.test(text) || Number(text) === 0) throw new InvalidArgumentError('expected whole hours');
  return Number(text);
};

export function tokenCommand(program: Command): void {
  program
    .command('token')
    .summary('sign a token for the API of this machine, as whoever you like to be')
    .description('Signs with a key in your data folder, which only an API without an issuer believes.')
    .requiredOption('--role <role>', 'operations, analyst, supplier or network-operator')
    .option(
      '--party <id>',
      'whose devices are seen; supplier and network-operator need one (`tocsin report parties` has their ids)',
    )
    .option('--hours <n>', 'for how long it holds', hours, DAY_SECONDS / 3600)
    .option('--json', 'print one JSON object: token, role, party, hours')
    .addHelpText(
      'after',
      helpTail(
        {
          'tocsin token --role supplier --party sup-01': 'prints a token that holds for a day',
          'curl -H "Authorization: Bearer $(tocsin token --role analyst)" http://127.0.0.1:8080/v1/me':
            'asks with one',
        },
        { 0: 'printed' },
      ),
    )
    .action(async (options: Options, command: Command) => {
      const { developmentKey, Refused, signToken } = await import('@tocsin/api');
      const env = envOf(command);
      const key = await developmentKey(env.API_KEY_FILE || (await keyFile(env)));
      try {
        const token = await signToken(key, options, options.hours * 3600);
        const { role, party = null, hours } = options;
        await print(options.json ? `${JSON.stringify({ token, role, party, hours })}\n` : `${token}\n`);
      } catch (error) {
        if (error instanceof Refused) throw new UsageError(error.message);
        throw error;
      }
      process.exitCode ??= EXIT.ok;
    });
}
