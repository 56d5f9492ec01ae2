import { startEngine } from '../support/fresh-store.ts';
import type { AccuracyRow, Trial } from './trial.ts';

/** Runs each trial with each seed, one after the other, in a store that is emptied before each. */
export async function runTrials(
  trials: readonly Trial[],
  seeds: readonly number[],
  onRun: (trial: string, done: number) => void = () => {},
): Promise<AccuracyRow[]> {
  const engine = await startEngine();
  try {
    const store = await engine.freshStore();
    const rows: AccuracyRow[] = [];
    for (const trial of trials) {
      const outcomes: unknown[] = [];
      while (outcomes.length < seeds.length) {
        await engine.empty(store);
        const some = seeds.slice(outcomes.length, outcomes.length + trial.together);
        const found = await trial.run(store, some);
        if (found.length !== some.length)
          throw new Error(`${trial.name} has ${found.length} outcomes of ${some.length} seeds`);
        outcomes.push(...found);
        onRun(trial.name, outcomes.length);
      }
      rows.push(...trial.rows(outcomes));
    }
    return rows;
  } finally {
    await engine.stop();
  }
}
