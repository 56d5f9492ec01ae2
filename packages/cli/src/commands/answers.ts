import { QUESTIONS, type Question } from '@tocsin/answers';
import type { Command } from 'commander';
import { EXIT } from '../errors.ts';
import { clickhouseUrl, database, envOf } from '../options.ts';
import { helpTail, print } from '../output.ts';
import { askOptions, expectKnown, partyOption, readAsked, sentence } from './asked.ts';

/** `tocsin report NAME` for each question; its options are what is asked. */
export function answerCommands(report: Command): void {
  for (const one of QUESTIONS) answerCommand(report, one);
}

function answerCommand(report: Command, one: Question): void {
  const command = report.command(one.name).summary(one.summary).description(sentence(one.summary));
  askOptions(command, one.asked);
  if (one.of === 'devices') command.addOption(partyOption());
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
      const asked = readAsked(one.asked, given);
      const [{ createStore, readParties }, { readStoreConfig }] = await Promise.all([
        import('@tocsin/clickhouse'),
        import('../config.ts'),
      ]);
      const store = createStore(readStoreConfig(envOf(command)));
      try {
        const whose = typeof party === 'string' ? party : null;
        if (whose !== null) expectKnown(whose, await readParties(store));
        const told = await one.answer(store, asked, { party: whose });
        await print(json ? `${JSON.stringify(told)}\n` : one.show(told));
      } finally {
        await store.close();
      }
      process.exitCode ??= EXIT.ok;
    });
}
