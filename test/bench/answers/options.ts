import { parseArgs } from 'node:util';
import { UsageError } from '../options.ts';

export const USAGE = `Usage: npm run bench:answers -- [--data DIR] [--device-days N] [options]

Asks questions as \`tocsin report\` does and prints seconds, and seconds of CPU, of each: with --data all of them, over the
whole of a scenario that \`npm run trial -- --keep --data DIR\` left behind; with --device-days those of rollouts, silence and
blocked devices, over a network of that many days of devices in a store of its own, filled as builds fill it.

  --data DIR       the engines' data and truth.json; the store is migrated
  --device-days N  days of devices, such as 30000000, which take 1 GB on disk
  --runs N         of each question, after one that does not count (3)
  --json           print a JSON object a line instead of tables
  --help

Anything else that runs at the same time falsifies the times.
Exit codes: 0 measured; 1 failed; 2 wrong usage.
`;

export interface AnswersOptions {
  readonly data?: string;
  readonly deviceDays?: number;
  readonly runs: number;
  readonly json: boolean;
}

/** Null where help was asked for. @throws UsageError */
export function readAnswersOptions(args: readonly string[]): AnswersOptions | null {
  const values = parse(args);
  if (values.help) return null;
  const { data, runs = '3', json = false } = values;
  const deviceDays = values['device-days'];
  if (data === undefined && deviceDays === undefined)
    throw new UsageError('expected --data DIR, --device-days N, or both');
  return {
    ...(data !== undefined && { data }),
    ...(deviceDays !== undefined && { deviceDays: whole('--device-days', deviceDays, 100_000) }),
    runs: whole('--runs', runs, 1),
    json,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        data: { type: 'string' },
        'device-days': { type: 'string' },
        runs: { type: 'string' },
        json: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function whole(option: string, text: string, least: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least)
    throw new UsageError(`${option} is "${text}": expected a whole number of at least ${least}`);
  return value;
}
