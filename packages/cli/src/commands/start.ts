import { type Command, Option } from 'commander';
import { clickhouseUrl, database, envOf, folder, kafkaBrokers } from '../options.ts';
import { helpTail } from '../output.ts';
import { stopSignal } from '../serve.ts';

export function startCommand(program: Command): void {
  program
    .command('start')
    .summary('everything on this machine, with a live table')
    .description(
      'Starts Kafka and ClickHouse unless they are given, migrates, publishes the conformance vectors, runs\n' +
        'processor, builder and a simulated feed, and shows alerts per code, rate, lag and rejected messages.\n' +
        'Ctrl-C stops everything in order.',
    )
    .addOption(kafkaBrokers())
    .addOption(clickhouseUrl())
    .addOption(database())
    .addOption(
      new Option('--rate <n|max>', 'messages a second of the feed (1000 unless given)').env('FEED_RATE'),
    )
    .option('--data <dir>', 'folder of engines and logs; in your data folder unless given', folder)
    .addHelpText(
      'after',
      helpTail(
        {
          'tocsin start': 'all of it, on free ports',
          'tocsin start --data /var/tmp/t --rate 5000': 'a faster feed, data elsewhere',
          'KAFKA_BROKERS=host:9092 tocsin start': 'with a Kafka that is there already',
        },
        { 0: 'stopped as told', 1: 'a part did not start, or ended by itself' },
      ),
    )
    .action(async (options: { data?: string }, command: Command) => {
      const [{ start }, { checkServices }, { readStartConfig }, { dataFolder }, signal] = await Promise.all([
        import('../start/run.ts'),
        import('../start/check-services.ts'),
        import('../config.ts'),
        import('@tocsin/embedded'),
        stopSignal(),
      ]);
      const env = envOf(command);
      await checkServices(env);
      await start({
        env,
        dataDir: options.data ?? dataFolder(env),
        signal,
        ...readStartConfig(env),
      });
    });
}
