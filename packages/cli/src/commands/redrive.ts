import { readFile } from 'node:fs/promises';
import { type Command, InvalidArgumentError, Option } from 'commander';
import {
  alertsTopic,
  clickhouseUrl,
  database,
  envOf,
  inventoryTopic,
  kafkaBrokers,
  moment,
} from '../options.ts';
import { helpTail, print } from '../output.ts';
import type { Redriven } from '../redrive/redrive.ts';
import type { Settled } from '../redrive/settle.ts';

interface Options {
  inventory?: boolean;
  reason?: string[];
  stream?: string;
  partition?: number;
  fromOffset?: number;
  toOffset?: number;
  since?: number;
  until?: number;
  limit: number;
  dryRun?: boolean;
  all?: boolean;
  with?: string;
  settle?: 'produced' | 'withdrawn';
  json?: boolean;
}

export function redriveCommand(program: Command): void {
  program
    .command('redrive')
    .summary('put dead letters back, once per position')
    .description(
      'Puts rejected messages back on their topic: those that would be accepted as things stand now, after a mended\n' +
        'rule, a raised limit or a clock that has caught up. Each position goes back once, and is recorded.',
    )
    .addOption(clickhouseUrl())
    .addOption(database())
    .addOption(kafkaBrokers())
    .addOption(alertsTopic())
    .addOption(inventoryTopic())
    .option('--inventory', 'those of the inventory instead of alerts')
    .option('--reason <reason...>', 'only these reasons')
    .option('--stream <id>', 'only this stream')
    .option('--partition <n>', 'only this partition', whole)
    .option('--from-offset <n>', 'only from this offset on', whole)
    .option('--to-offset <n>', 'only up to this offset', whole)
    .option('--since <time>', 'only taken since, such as 2020-07-07T10:00:00Z', moment)
    .option('--until <time>', 'only taken before', moment)
    .option('--limit <n>', 'at most so many', whole, 10_000)
    .option('--dry-run', 'say what would be put back, and put nothing back')
    .option('--all', 'also what can still not be read, and will be rejected again')
    .option('--with <file>', 'put these bytes back in place of the original ones, for one position')
    .addOption(
      new Option(
        '--settle <state>',
        'say of attempts killed at least 10 minutes ago whether they reached Kafka',
      ).choices(['produced', 'withdrawn']),
    )
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      helpTail(
        {
          'tocsin redrive --dry-run': 'what waits, by reason',
          'tocsin redrive --reason received-in-future': 'after a clock was mended',
          'tocsin redrive --inventory --reason effective-in-future': 'once its time has come nearer',
          'tocsin redrive --partition 2 --from-offset 41 --to-offset 41 --with mended.json':
            'one, with other bytes',
        },
        { 0: 'done', 1: 'failed; what was claimed and not recorded is shown as doubtful' },
      ),
    )
    .action(async (options: Options, command: Command) => {
      const [{ redrive }, { settle }, { readRedriveConfig }] = await Promise.all([
        import('../redrive/redrive.ts'),
        import('../redrive/settle.ts'),
        import('../config.ts'),
      ]);
      const config = readRedriveConfig(envOf(command), options.inventory ? 'inventory' : 'alerts');
      const dryRun = options.dryRun ?? false;
      if (options.settle) {
        const { reason, since, until, all, with: bytes } = options;
        if (reason ?? since ?? until ?? all ?? bytes)
          command.error('error: --settle takes --stream, --partition, --from-offset and --to-offset only');
        const request = {
          state: options.settle,
          dryRun,
          matches: (position: Position) => isMeant(position, options),
        };
        const settled = await settle(config, request);
        return print(options.json ? `${JSON.stringify(settled)}\n` : showSettled(settled));
      }
      const redriven = await redrive(config, {
        filter: filterOf(options, config.topic),
        limit: options.limit,
        dryRun,
        all: options.all ?? false,
        mended: options.with ? await readFile(options.with) : null,
      });
      await print(options.json ? `${JSON.stringify(redriven)}\n` : show(redriven));
    });
}

interface Position {
  stream: string;
  partition: number;
  offset: number;
}

function isMeant(position: Position, { stream, partition, fromOffset, toOffset }: Options): boolean {
  return (
    position.stream === (stream ?? position.stream) &&
    position.partition === (partition ?? position.partition) &&
    position.offset >= (fromOffset ?? 0) &&
    position.offset <= (toOffset ?? Number.MAX_SAFE_INTEGER)
  );
}

function showSettled({ dryRun, state, positions }: Settled): string {
  const rows = positions.map(
    ({ stream, partition, offset, attempt }) => `${stream}/${partition}/${offset} attempt ${attempt}`,
  );
  return `${[...rows, `${positions.length} ${dryRun ? 'would be' : 'are'} ${state}`].join('\n')}\n`;
}

/** A stream that is named may be of another topic than that which its letters go to. */
function filterOf(options: Options, topic: string) {
  const { reason, stream, partition, fromOffset, toOffset, since, until } = options;
  return {
    ...(reason && { reasons: reason }),
    ...(stream === undefined ? { topic } : { stream }),
    ...(partition !== undefined && { partition }),
    ...(fromOffset !== undefined && { firstOffset: fromOffset }),
    ...(toOffset !== undefined && { lastOffset: toOffset }),
    ...(since !== undefined && { from: since }),
    ...(until !== undefined && { to: until }),
  };
}

function show({ dryRun, counts, readable, produced, refused }: Redriven): string {
  const rows = counts.map(
    ({ reason, waiting, redriven, doubtful }) =>
      `${reason.padEnd(26)} ${waiting} waiting, ${redriven} put back, ${doubtful} in doubt`,
  );
  const done = dryRun
    ? `${readable} can be accepted now and would be put back`
    : `${produced} put back${refused > 0 ? `, ${refused} claimed by another redrive` : ''}`;
  return `${[...rows, done].join('\n')}\n`;
}

function whole(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('expected a whole number');
  return Number(text);
}
