import { type Command, Option } from 'commander';
import { clickhouseUrl, database, envOf, folder, kafkaBrokers } from '../options.ts';
import { helpTail } from '../output.ts';
import { stopSignal } from '../serve.ts';

export function startCommand(program: Command): void {
  program
    .command('start')
    .summary('everything on this machine, with a live table')
    .description(
      'Starts Kafka and ClickHouse unless they are given, migrates, publishes the conformance vectors, runs inventory,\n' +
        'processor, builder and API, tells six months of the scenario opsg-34 up to now, with a bar, and goes on live: a table\n' +
        'shows what can be done about the alerts of each code. Started again, it goes on where it was. Ctrl-C stops\n' +
        'everything in order.',
    )
    .addOption(kafkaBrokers())
    .addOption(clickhouseUrl())
    .addOption(database())
    .addOption(
      new Option(
        '--scale <n>',
        'devices of the network that one stands for (as in the folder, or 10000, unless given)',
      ).env('FEED_SCALE'),
    )
    .option('--data <dir>', 'folder of engines and logs; in your data folder unless given', folder)
    .addHelpText(
      'after',
      helpTail(
        {
          'tocsin start': 'all of it, on free ports',
          'tocsin start --data /var/tmp/t --scale 1000': 'ten times as many devices, data elsewhere',
          'KAFKA_BROKERS=host:9092 tocsin start': 'with a Kafka that is there already',
        },
        {
          0: 'stopped as told',
          1: 'a part did not start, or ended by itself',
          2: 'wrong usage, or another scenario is in the folder',
        },
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
