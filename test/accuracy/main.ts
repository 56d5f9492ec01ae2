import { parseArgs } from 'node:util';
import { runTrials } from './run-trials.ts';
import { showRows } from './show.ts';
import { TRIALS } from './trials.ts';

const USAGE = `Usage: npm run accuracy -- [options]

Simulates worlds of which the truth is known, has the questions answer from the same views as ever, and prints how the
answers stand against the truth, as a table in Markdown. No seed is left out.

  --seeds N     simulations of each world (1000)
  --from S      the first seed (1)
  --only A,B    these trials alone: ${TRIALS.map(({ name }) => name).join(', ')}
  --json        print one JSON array instead of a table
  --help
Exit codes: 0 every measure is within what was asked; 1 one is not, or it failed; 2 wrong usage.
`;

class UsageError extends Error {}

function readOptions(args: readonly string[]) {
  const values = parse(args);
  if (values.help) return null;
  const names = values.only?.split(',') ?? TRIALS.map(({ name }) => name);
  const unknown = names.find((name) => !TRIALS.some((trial) => trial.name === name));
  if (unknown !== undefined)
    throw new UsageError(`--only has "${unknown}": expected of ${TRIALS.map(({ name }) => name).join(', ')}`);
  const from = whole('--from', values.from ?? '1');
  const seeds = whole('--seeds', values.seeds ?? '1000');
  return {
    trials: TRIALS.filter(({ name }) => names.includes(name)),
    seeds: Array.from({ length: seeds }, (_, i) => from + i),
    json: values.json ?? false,
  };
}

function parse(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  try {
    return parseArgs({
      args: [...args],
      options: { seeds: text, from: text, only: text, json: flag, help: flag },
    }).values;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function whole(name: string, text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text))
    throw new UsageError(`${name} is "${text}": expected a whole number, at least 1`);
  return Number(text);
}

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  if (options === null) {
    process.stdout.write(USAGE);
    return 0;
  }
  const { trials, seeds, json } = options;
  const progress = (trial: string, done: number) => {
    const bar = '#'.repeat(Math.round((30 * done) / seeds.length)).padEnd(30, '.');
    const end = done === seeds.length ? '\n' : '';
    if (process.stderr.isTTY || end) process.stderr.write(`\r${trial} ${bar} ${done}/${seeds.length}${end}`);
  };
  const rows = await runTrials(trials, seeds, progress);
  process.stdout.write(json ? `${JSON.stringify(rows, null, 2)}\n` : showRows(rows));
  return rows.every(({ holds }) => holds) ? 0 : 1;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: Error) => {
    process.stderr.write(`${error instanceof UsageError ? error.message : error.stack}\n`);
    process.exitCode = error instanceof UsageError ? 2 : 1;
  },
);
