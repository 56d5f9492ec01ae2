import type { Command } from 'commander';
import { clickhouseUrl, database, inventoryTopic, kafkaBrokers } from '../options.ts';
import { helpTail } from '../output.ts';
import { serve } from '../serve.ts';

export function inventoryCommand(program: Command): void {
  program
    .command('inventory')
    .summary('run the inventory: device events from Kafka into the device history, exactly once')
    .description('Takes inventory events from Kafka and stores each once. Any number may run in a group.')
    .addOption(kafkaBrokers())
    .addOption(inventoryTopic())
    .addOption(clickhouseUrl())
    .addOption(database())
    .addHelpText(
      'after',
      helpTail(
        {
          'KAFKA_BROKERS=… CLICKHOUSE_URL=… tocsin inventory': 'in front, until SIGTERM',
          'tocsin config inventory': 'all settings and what holds',
        },
        { 0: 'stopped as told', 1: 'failed; the log says why' },
      ),
    )
    .action((_options, command: Command) => serve(command, () => import('@tocsin/inventory')));
}
