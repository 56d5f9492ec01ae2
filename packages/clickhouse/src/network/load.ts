import type { Store } from '../client.ts';

/** The highest minute of an hour at one component, in alerts a second. */
export interface PeakLoad {
  component: string;
  load: number;
  capacity: number;
}

export interface Gate {
  state: 'go' | 'caution' | 'stop';
  reason: string;
}

/** @param hour its beginning, `YYYY-MM-DD hh:00:00`, UTC */
export function readPeaks(store: Store, hour: string): Promise<PeakLoad[]> {
  return store.rows(
    `SELECT component, load, capacity
     FROM ${store.database}.capacity_peaks(from = {hour:DateTime('UTC')}, to = {hour:DateTime('UTC')} + 3600)
     ORDER BY component`,
    { hour },
  );
}

/** Null where no alert came in the hour. */
export async function readGate(store: Store, hour: string): Promise<Gate | null> {
  const [gate] = await store.rows<Gate>(
    `SELECT state, reason FROM ${store.database}.migration_gate(from = {hour:DateTime('UTC')}, to = {hour:DateTime('UTC')} + 3600)`,
    { hour },
  );
  return gate ?? null;
}
