import type { Command } from 'commander';
import { clickhouseUrl, database } from '../options.ts';
import { helpTail } from '../output.ts';
import { serve } from '../serve.ts';

export function exporterCommand(program: Command): void {
  program
    .command('exporter')
    .summary('run the exporter: the network, as the views have it, for Prometheus')
    .description(
      'Shows feeds, shares, spikes, headroom, the migration gate and the last proof on /metrics, by when\n' +
        'alerts were received: a backfill raises no alarm. One is enough.',
    )
    .addOption(clickhouseUrl())
    .addOption(database())
    .addHelpText(
      'after',
      helpTail(
        {
          'CLICKHOUSE_URL=http://127.0.0.1:8123 tocsin exporter': 'in front, until SIGTERM',
          'tocsin config exporter': 'all settings and what holds',
        },
        { 0: 'stopped as told', 1: 'failed; the log says why' },
      ),
    )
    .action((_options, command: Command) => serve(command, () => import('@tocsin/exporter')));
}
