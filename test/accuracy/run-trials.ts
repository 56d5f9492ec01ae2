import type { Store } from '@tocsin/clickhouse';
import { startEngine } from '../support/fresh-store.ts';
import type { AccuracyRow, Trial } from './trial.ts';

/** Runs each trial with each seed, one after the other, in a store of its own that is emptied before each. */
export async function runTrials(
  trials: readonly Trial[],
  seeds: readonly number[],
  onRun: (trial: string, done: number) => void = () => {},
): Promise<AccuracyRow[]> {
  const engine = await startEngine();
  try {
    const rows: AccuracyRow[] = [];
    for (const trial of trials) {
      const store = await engine.freshStore();
      const migrated = await filled(store);
      const outcomes: unknown[] = [];
      for (const seed of seeds) {
        for (const table of await filled(store))
          if (!migrated.includes(table)) await store.command(`TRUNCATE TABLE ${table}`);
        outcomes.push(await trial.run(store, seed));
        onRun(trial.name, outcomes.length);
      }
      rows.push(...trial.rows(outcomes));
    }
    return rows;
  } finally {
    await engine.stop();
  }
}

/** The tables with anything in them. */
async function filled(store: Store): Promise<string[]> {
  const rows = await store.rows<{ name: string }>(
    "SELECT name FROM system.tables WHERE database = currentDatabase() AND engine LIKE '%MergeTree' AND total_rows > 0",
  );
  return rows.map(({ name }) => name);
}
