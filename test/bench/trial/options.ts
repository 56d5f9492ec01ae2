import { parseArgs } from 'node:util';
import { VARIANTS, type Variant } from '../../support/variants.ts';
import { UsageError } from '../options.ts';

export const USAGE = `Usage: npm run trial -- [options]

Tells a scenario to the whole line at full speed: a real Kafka, a real ClickHouse, the inventory, the processor and the
builder. Waits until every alert is counted, corrected and built, then proves it, and measures the report against the
scenario's truth and the minutes. Prints seconds, peak memory of every process, rows and bytes on disk, verdicts, and
what was measured of the minutes' figures.
Needs Linux, Java 17 and Maven.

  --scenario NAME      opsg-34, or a file (opsg-34)
  --variant NAME       opsg-34 with one figure another: ${VARIANTS.map(({ name }) => name).join(', ')}
  --scale N            devices that one stands for (1000)
  --seed N[,N…]        a trial for each (1)
  --population ID      that part of the scenario alone
  --from DAY, --to DAY days that are told; the report is left out then
  --data DIR           for the engines' data, deleted afterwards (a temporary folder)
  --keep               leave the engines' data in --data, for npm run bench:dashboards
  --json               print one JSON object a line, a trial each
  --help

1:1000 takes some five minutes and 1 GB on disk; a day at 1:1 half an hour, 6 GB of memory and 10 GB on disk.
Exit codes: 0 proved, nothing told otherwise by the truth, and a variant told from the minutes; 1 something differs, or
it failed; 2 wrong usage.
`;

export interface TrialOptions {
  readonly seeds: readonly number[];
  readonly scale: number;
  readonly data?: string;
  readonly keep: boolean;
  readonly json: boolean;
  /** Whether the scenario is told whole, so that the report's periods are there. */
  readonly whole: boolean;
  readonly variant?: Variant;
  /** For `tocsin simulate`, but for the seed and a variant's file. */
  readonly simulate: readonly string[];
}

/** Null where help was asked for. @throws UsageError */
export function readTrialOptions(args: readonly string[]): TrialOptions | null {
  const values = parse(args);
  if (values.help) return null;
  const { scenario, population, from, to } = values;
  if (values.keep && values.data === undefined)
    throw new UsageError('--keep needs --data, the folder that is kept');
  const variant = values.variant === undefined ? undefined : variantOf(values.variant);
  if (variant && scenario !== undefined)
    throw new UsageError('--variant is of opsg-34: --scenario can’t be given as well');
  const scale = whole('--scale', values.scale ?? '1000');
  const told = variant ? undefined : (scenario ?? 'opsg-34');
  const given = Object.entries({ scenario: told, scale: String(scale), population, from, to });
  return {
    seeds: (values.seed ?? '1').split(',').map((seed) => whole('--seed', seed)),
    scale,
    ...(values.data && { data: values.data }),
    keep: values.keep ?? false,
    json: values.json ?? false,
    whole: from === undefined && to === undefined,
    ...(variant && { variant }),
    simulate: given.flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, value])),
  };
}

function parse(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  try {
    return parseArgs({
      args: [...args],
      options: {
        ...{ scenario: text, variant: text, scale: text, seed: text, data: text },
        ...{ population: text, from: text, to: text },
        ...{ keep: flag, json: flag, help: flag },
      },
    }).values;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function whole(name: string, text: string): number {
  const value = Number(text);
  if (/^\d{1,9}$/.test(text) && value > 0) return value;
  throw new UsageError(`${name} is "${text}": expected a whole number from 1 on`);
}

function variantOf(name: string): Variant {
  const found = VARIANTS.find((one) => one.name === name);
  if (found) return found;
  throw new UsageError(
    `--variant is "${name}": expected one of ${VARIANTS.map(({ name }) => name).join(', ')}`,
  );
}
