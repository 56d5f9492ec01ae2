import type { Command } from 'commander';
import { clickhouseUrl, database } from '../options.ts';
import { helpTail } from '../output.ts';
import { serve } from '../serve.ts';

export function builderCommand(program: Command): void {
  program
    .command('builder')
    .summary('run the builder: closed hours into rollups')
    .description('Builds closed hours from the raw alerts, so that answers are fast. Any number may run.')
    .addOption(clickhouseUrl())
    .addOption(database())
    .addHelpText(
      'after',
      helpTail(
        {
          'CLICKHOUSE_URL=http://127.0.0.1:8123 tocsin builder': 'in front, until SIGTERM',
          'tocsin config builder': 'all settings and what holds',
        },
        { 0: 'stopped as told', 1: 'failed; the log says why' },
      ),
    )
    .action((_options, command: Command) => serve(command, () => import('@tocsin/builder')));
}
