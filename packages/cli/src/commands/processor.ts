import type { Command } from 'commander';
import { alertsTopic, clickhouseUrl, database, kafkaBrokers } from '../options.ts';
import { helpTail } from '../output.ts';
import { serve } from '../serve.ts';

export function processorCommand(program: Command): void {
  program
    .command('processor')
    .summary('run the processor: alerts from Kafka into ClickHouse, exactly once')
    .description('Takes alerts from Kafka, decodes them and stores each once. Any number may run in a group.')
    .addOption(kafkaBrokers())
    .addOption(alertsTopic())
    .addOption(clickhouseUrl())
    .addOption(database())
    .addHelpText(
      'after',
      helpTail(
        {
          'KAFKA_BROKERS=… CLICKHOUSE_URL=… tocsin processor': 'in front, until SIGTERM',
          'tocsin config processor': 'all settings and what holds',
        },
        { 0: 'stopped as told', 1: 'failed; the log says why' },
      ),
    )
    .action((_options, command: Command) => serve(command, () => import('@tocsin/processor')));
}
