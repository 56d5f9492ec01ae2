import { type Command, Option } from 'commander';
import { alertsTopic, kafkaBrokers } from '../options.ts';
import { helpTail } from '../output.ts';
import { serve } from '../serve.ts';

export function simulateCommand(program: Command): void {
  program
    .command('simulate')
    .summary('produce a seeded feed of device alerts, or tell a scenario')
    .description(
      'Produces alerts of simulated devices in the three encodings. The same options and --start give the same\n' +
        'messages, byte for byte. With --scenario a network of devices, its inventory and its alerts over months are told.',
    )
    .addOption(kafkaBrokers())
    .addOption(alertsTopic())
    .addOption(new Option('--rate <n|max>', 'messages a second (1000 unless given)').env('FEED_RATE'))
    .addOption(
      new Option('--count <n>', 'messages in all; goes on until stopped unless given').env('FEED_COUNT'),
    )
    .addOption(new Option('--seed <n>', 'seed of devices and alerts (1 unless given)').env('FEED_SEED'))
    .addOption(new Option('--truth <file>', 'write what was produced, as JSON').env('FEED_TRUTH'))
    .addOption(new Option('--devices <n>', 'devices, four in each home').env('FEED_DEVICES'))
    .addOption(new Option('--encodings <shares>', 'such as json:80,duis:10,gbcs:10').env('FEED_ENCODINGS'))
    .addOption(
      new Option('--duplicates <share>', 'share of repeated messages, 0 to 1').env('FEED_DUPLICATES'),
    )
    .addOption(new Option('--rejects <share>', 'share of broken messages, 0 to 1').env('FEED_REJECTS'))
    .addOption(new Option('--start <time>', 'received time of the first message').env('FEED_START'))
    .addOption(new Option('--spacing-ms <ms>', 'time between received times').env('FEED_SPACING_MS'))
    .addOption(
      new Option('--scenario <name|file>', 'tell a scenario instead: opsg-34, or a file').env(
        'FEED_SCENARIO',
      ),
    )
    .addOption(new Option('--scale <n>', 'devices of the scenario that one stands for').env('FEED_SCALE'))
    .addOption(new Option('--from <day>', 'first day of the scenario that is told').env('FEED_FROM'))
    .addOption(new Option('--to <day>', 'last day of the scenario that is told').env('FEED_TO'))
    .addOption(
      new Option('--population <id>', 'part of the scenario that is told alone').env('FEED_POPULATION'),
    )
    .addOption(
      new Option('--until <now>', 'later by whole weeks, up to this week, and then live').env('FEED_UNTIL'),
    )
    .addOption(new Option('--position <file>', 'how far it is told; go on from there').env('FEED_POSITION'))
    .addOption(
      new Option('--truth-alerts <file>', 'what each alert of the scenario means, as CSV').env(
        'FEED_TRUTH_ALERTS',
      ),
    )
    .addOption(new Option('--compression <codec>', 'none, gzip, snappy or lz4').env('FEED_COMPRESSION'))
    .addHelpText(
      'after',
      helpTail(
        {
          'tocsin simulate --rate 500': 'a feed of 500 messages a second, until SIGTERM',
          'tocsin simulate --rate max --count 1000000 --truth t.json':
            'a million at full speed, and their truth',
          'tocsin simulate --scenario opsg-34 --scale 10000 --truth t.json':
            "six months of the minutes' network",
          'tocsin simulate --count 10000 --rejects 0.01 --duplicates 0.01': 'with faults upstream',
        },
        { 0: 'produced, or stopped as told', 1: 'failed; the log says why' },
      ),
    )
    .action((_options, command: Command) => serve(command, () => import('@tocsin/simulator')));
}
