import { type Command, Option } from 'commander';
import { EXIT } from '../errors.ts';
import { alertsTopic, clickhouseUrl, database, envOf, inventoryTopic, kafkaBrokers } from '../options.ts';
import { helpTail, print } from '../output.ts';

export function verifyCommand(program: Command): void {
  program
    .command('verify')
    .summary('prove that every alert and inventory event was counted exactly once')
    .description(
      'Holds ledgers, rows, dead letters, builds and views against each other, and the ledgers against Kafka.\n' +
        'Works on a live system. Without Kafka brokers the store alone is proved.',
    )
    .addOption(clickhouseUrl())
    .addOption(database())
    .addOption(kafkaBrokers())
    .addOption(alertsTopic())
    .addOption(new Option('--group <id>', 'consumer group of the processors').env('GROUP_ID'))
    .addOption(new Option('--epoch <n>', 'epoch of the topic').env('STREAM_EPOCH'))
    .addOption(inventoryTopic())
    .addOption(
      new Option('--inventory-group <id>', 'consumer group of the inventory').env('INVENTORY_GROUP_ID'),
    )
    .addOption(new Option('--inventory-epoch <n>', 'epoch of its topic').env('INVENTORY_EPOCH'))
    .option('--json', 'print one JSON object: ok, store, log')
    .addHelpText(
      'after',
      helpTail(
        {
          'tocsin verify': 'with KAFKA_BROKERS and CLICKHOUSE_URL set',
          'tocsin verify --json | jq .ok': 'for a script',
        },
        { 0: 'proved', 1: 'something differs, or could not be asked' },
      ),
    )
    .action(async (options: { json?: boolean }, command: Command) => {
      const [{ verify }, { showProof }, { readVerifyConfig }] = await Promise.all([
        import('../verify/verify.ts'),
        import('../verify/show.ts'),
        import('../config.ts'),
      ]);
      const proof = await verify(readVerifyConfig(envOf(command)));
      await print(options.json ? `${JSON.stringify(proof)}\n` : showProof(proof));
      process.exitCode = proof.ok ? EXIT.ok : EXIT.failed;
    });
}
