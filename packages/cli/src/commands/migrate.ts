import { type Command, Option } from 'commander';
import { clickhouseUrl, database, envOf } from '../options.ts';
import { helpTail, print } from '../output.ts';

export function migrateCommand(program: Command): void {
  program
    .command('migrate')
    .summary('bring the store to the newest schema')
    .description(
      'Runs the migrations that the database has not had. Safe to repeat, and to run several at once.',
    )
    .addOption(clickhouseUrl())
    .addOption(database())
    .addOption(new Option('--engine <family>', 'MergeTree or ReplicatedMergeTree').env('CLICKHOUSE_ENGINE'))
    .addOption(new Option('--cluster <name>', 'run ON CLUSTER').env('CLICKHOUSE_CLUSTER'))
    .addOption(
      new Option('--fsync', 'acknowledge inserts only once they are on the disk').env('CLICKHOUSE_FSYNC'),
    )
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      helpTail(
        {
          'tocsin migrate --clickhouse-url http://127.0.0.1:8123': 'on one machine',
          'tocsin migrate --engine ReplicatedMergeTree --cluster main': 'on a cluster',
        },
        {
          0: 'the schema is the newest',
          1: 'failed: the store is away, or an applied migration was changed',
        },
      ),
    )
    .action(async (options: { json?: boolean }, command: Command) => {
      const [{ migrate }, { readMigrateConfig }] = await Promise.all([
        import('@tocsin/clickhouse'),
        import('../config.ts'),
      ]);
      const { connection, layout } = readMigrateConfig(envOf(command));
      const applied = await migrate(connection, layout);
      const names = applied.map(({ name }) => name);
      if (options.json) await print(`${JSON.stringify({ applied: names })}\n`);
      else
        await print(
          names.length === 0 ? 'nothing to do\n' : `${names.map((name) => `applied ${name}`).join('\n')}\n`,
        );
    });
}
