import { expect, it } from 'vitest';
import { runTrials } from './run-trials.ts';
import type { Trial } from './trial.ts';

/** The same seeds each time, of the thousand of every night: bounds are wider by what chance does to so few (trial.ts). */
const SEEDS = 100;

/** A test for each trial, one after the other: every measure is within its bounds. */
export function holdTrials(trials: readonly Trial[]): void {
  it.each(trials)('$name: every measure is within its bounds', async (trial) => {
    const seeds = Array.from({ length: trial.ciSeeds ?? SEEDS }, (_, i) => i + 1);
    const rows = await runTrials([trial], seeds);
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.filter(({ holds }) => !holds)).toEqual([]);
  });
}
