import { expect, it } from 'vitest';
import { runTrials } from './run-trials.ts';
import { TRIALS } from './trials.ts';

// The same 100 seeds each time, of the thousand of every night: bounds are wider by what chance does to so few (trial.ts).
const SEEDS = Array.from({ length: 100 }, (_, i) => i + 1);

it.each(TRIALS)('$name: every measure is within its bounds', async (trial) => {
  const rows = await runTrials([trial], SEEDS);
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.filter(({ holds }) => !holds)).toEqual([]);
});
