import { Argument, type Command, Option } from 'commander';
import { alertsTopic, clickhouseUrl, database, envOf, inventoryTopic, kafkaBrokers } from '../options.ts';
import { helpTail, print } from '../output.ts';

const folder = (what: string) => new Argument('<folder>', what);
const group = () => new Option('--group <id>', 'consumer group of the processors').env('GROUP_ID');
const inventoryGroup = () =>
  new Option('--inventory-group <id>', 'consumer group of the inventory').env('INVENTORY_GROUP_ID');

export function backupCommand(program: Command): void {
  program
    .command('backup')
    .summary("copy the store and Kafka's commits into a folder, while all goes on")
    .description(
      'Copies every table, one file each, and what Kafka has as commits of the groups, with a manifest of counts and\n' +
        'hashes. Nothing need be stopped. The messages themselves stay with Kafka: what came after the backup is taken\n' +
        'from there again, as far back as it keeps them.',
    )
    .addArgument(folder('made if it is not there; must be empty'))
    .addOption(clickhouseUrl())
    .addOption(database())
    .addOption(kafkaBrokers())
    .addOption(alertsTopic())
    .addOption(group())
    .addOption(inventoryTopic())
    .addOption(inventoryGroup())
    .option('--json', 'print the manifest')
    .addHelpText(
      'after',
      helpTail(
        { 'tocsin backup /backups/2020-07-07': 'with KAFKA_BROKERS and CLICKHOUSE_URL set' },
        { 0: 'the backup is whole', 1: 'failed; the folder is no backup' },
      ),
    )
    .action(async (into: string, options: { json?: boolean }, command: Command) => {
      const [{ backup }, { readBackupConfig }] = await Promise.all([
        import('../backup/backup.ts'),
        import('../config.ts'),
      ]);
      const manifest = await backup(into, readBackupConfig(envOf(command)));
      const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
      const mib = Math.ceil(manifest.tables.reduce((sum, { bytes }) => sum + bytes, 0) / 2 ** 20);
      await print(
        options.json
          ? `${JSON.stringify(manifest)}\n`
          : `${rows} rows of ${manifest.tables.length} tables, ${mib} MiB\n`,
      );
    });
}

export function restoreCommand(program: Command): void {
  program
    .command('restore')
    .summary('make the store anew from a backup')
    .description(
      'Checks the backup, makes the schema, fills the tables and sets Kafka’s commits back to where they stood. All\n' +
        'services must be stopped, and the database empty or not there. Started again, they go on from there, and\n' +
        'take what came since from Kafka; `tocsin verify` then proves that every alert was counted once.',
    )
    .addArgument(folder('as `tocsin backup` left it'))
    .addOption(clickhouseUrl())
    .addOption(database())
    .addOption(kafkaBrokers())
    .addOption(new Option('--engine <family>', 'MergeTree or ReplicatedMergeTree').env('CLICKHOUSE_ENGINE'))
    .addOption(new Option('--cluster <name>', 'run ON CLUSTER').env('CLICKHOUSE_CLUSTER'))
    .addOption(
      new Option('--fsync', 'acknowledge inserts only once they are on the disk').env('CLICKHOUSE_FSYNC'),
    )
    .option('--json', 'print one JSON object: tables, rows, commits')
    .addHelpText(
      'after',
      helpTail(
        { 'tocsin restore /backups/2020-07-07': 'with KAFKA_BROKERS and CLICKHOUSE_URL set' },
        {
          0: 'restored',
          1: 'refused before anything was written, or failed: then drop the database and try again',
        },
      ),
    )
    .action(async (from: string, options: { json?: boolean }, command: Command) => {
      const [{ restore }, { readRestoreConfig }] = await Promise.all([
        import('../backup/restore.ts'),
        import('../config.ts'),
      ]);
      const restored = await restore(from, readRestoreConfig(envOf(command)));
      const { tables, rows, commits } = restored;
      const kafka = commits
        ? "Kafka's commits are set back"
        : 'Kafka is another cluster than that of the backup: its commits stay as they are';
      await print(
        options.json ? `${JSON.stringify(restored)}\n` : `${rows} rows of ${tables} tables; ${kafka}\n`,
      );
    });
}
