import type { Store } from '../client.ts';

/** The highest minute of an hour at one component, in alerts a second. */
export interface PeakLoad {
  component: string;
  load: number;
  capacity: number;
}

/**
 * What the least headroom of an hour says of migrations (view `migration_gate`); `reason` names the component, and what is
 * left of its capacity in percent.
 */
export interface Gate {
  state: 'go' | 'caution' | 'stop';
  reason: string;
}

/**
 * The tightest minute of an hour at each component whose capacity the registry gives in alerts a second, and end to end.
 * @param hour its beginning, `YYYY-MM-DD hh:00:00`, UTC
 */
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
