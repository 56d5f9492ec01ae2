import type { Store } from '../client.ts';

/** Alerts (the sum of N) of hours in [from, to) by suppression; both `YYYY-MM-DD hh:00:00`, UTC. */
export async function readSuppression(
  store: Store,
  from: string,
  to: string,
): Promise<ReadonlyMap<string, number>> {
  const rows = await store.rows<{ suppression: string; n: number }>(
    `SELECT suppression, sum(volume.alerts) AS n
     FROM ${store.database}.alert_volume(from = {from:DateTime('UTC')}, to = {to:DateTime('UTC')}) AS volume
     GROUP BY suppression`,
    { from, to },
  );
  return new Map(rows.map(({ suppression, n }) => [suppression, n]));
}

/** One code in an hour against its own history; null while too few weeks are known. */
export interface CodeHour {
  code: string;
  alerts: number;
  usual: number | null;
  score: number | null;
}

/**
 * Each code of which an alert came in an hour, against what is usual then.
 * @param hour its beginning, `YYYY-MM-DD hh:00:00`, UTC
 */
export function readCodes(store: Store, hour: string): Promise<CodeHour[]> {
  return store.rows(
    `SELECT alert_code AS code, alerts, usual, score
     FROM ${store.database}.code_spikes(from = {hour:DateTime('UTC')}, to = {hour:DateTime('UTC')} + 3600)
     ORDER BY code`,
    { hour },
  );
}
