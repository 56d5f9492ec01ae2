import { QUESTIONS, type Question } from '@tocsin/answers';
import { type Command, InvalidArgumentError } from 'commander';
import { EXIT, UsageError } from '../errors.ts';
import { clickhouseUrl, database, envOf } from '../options.ts';
import { helpTail, print } from '../output.ts';

const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** `tocsin report NAME` for each question; its options are what is asked. */
export function answerCommands(report: Command): void {
  for (const one of QUESTIONS) answerCommand(report, one);
}

function answerCommand(report: Command, one: Question): void {
  const command = report.command(one.name).summary(one.summary).description(sentence(one.summary));
  const { shape } = one.asked;
  for (const [name, field] of Object.entries(shape)) {
    const flag = `--${kebab(name)} <value>`;
    const about = (field as { description?: string }).description ?? '';
    const optional = (field as { safeParse(value: unknown): { success: boolean } }).safeParse(
      undefined,
    ).success;
    if (optional) command.option(flag, about);
    else command.requiredOption(flag, about);
  }
  if (one.of === 'devices')
    command.option('--party <id>', 'its own devices only', (id) => {
      if (id === '') throw new InvalidArgumentError('Expected the id of a party, such as sup-01.');
      return id;
    });
  command
    .addOption(clickhouseUrl())
    .addOption(database())
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      helpTail(
        { [`tocsin report ${one.name} ${one.example}`]: 'with CLICKHOUSE_URL set' },
        { 0: 'answered', 1: 'could not be answered' },
      ),
    )
    .action(async (options: Record<string, string | boolean | undefined>, command: Command) => {
      const { json, party, clickhouseUrl: _url, database: _database, ...given } = options;
      const asked = one.asked.safeParse(given);
      if (!asked.success) {
        const faults = asked.error.issues.map(({ path, message }) => {
          const name = String(path[0] ?? '');
          return `--${kebab(name)} ${String(given[name] ?? '')}: ${message}`;
        });
        throw new UsageError(faults.join('; '));
      }
      const [{ createStore, readParties }, { readStoreConfig }] = await Promise.all([
        import('@tocsin/clickhouse'),
        import('../config.ts'),
      ]);
      const store = createStore(readStoreConfig(envOf(command)));
      try {
        const whose = typeof party === 'string' ? party : null;
        if (whose !== null) expectKnown(whose, await readParties(store));
        const told = await one.answer(store, asked.data, { party: whose });
        await print(json ? `${JSON.stringify(told)}\n` : one.show(told));
      } finally {
        await store.close();
      }
      process.exitCode ??= EXIT.ok;
    });
}

/** A misspelt party would be told that nothing is its own. */
function expectKnown(party: string, known: readonly string[]): void {
  if (known.length > 0 && !known.includes(party))
    throw new UsageError(`--party ${party}: expected one that the registry has: ${known.join(', ')}`);
}

const sentence = (text: string) => `${text[0]!.toUpperCase()}${text.slice(1)}.`;
