import type { Store } from '../client.ts';
import type { VolumeWindow } from './volume.ts';

type Hours = Pick<VolumeWindow, 'from' | 'to'>;

/** London days on which a region's feed was missing for an hour or more. */
export async function readIncompleteDays(store: Store, { from, to }: Hours): Promise<string[]> {
  const rows = await store.rows<{ day: string }>(
    `SELECT DISTINCT toString(toDate(hour, 'Europe/London')) AS day
     FROM ${store.database}.feed_gaps(from = {from:DateTime('UTC')}, to = {to:DateTime('UTC')}) ORDER BY day`,
    { from, to },
  );
  return rows.map(({ day }) => day);
}

/**
 * The London days on which the store begins and, up to `until` where it is given, the last of which it has the last
 * hour; null where there is none.
 */
export async function readDaySpan(
  store: Store,
  until?: string,
): Promise<{ first: string | null; last: string | null }> {
  const [row] = await store.rows<{ first: string | null; last: string | null }>(
    `SELECT toString(minOrNull(toDate(hour, 'Europe/London'))) AS first,
       toString(maxOrNull(toDate(hour + 3600, 'Europe/London') - 1)) AS last
     FROM ${store.database}.blocks
     WHERE hour_accepted > 0 AND toDate(hour, 'Europe/London') <= {until:Date}`,
    { until: until ?? '2149-06-06' },
  );
  return row!;
}

/** Hubs and meters installed, by London day. */
export async function readInstallations(
  store: Store,
  { from, to }: Hours,
): Promise<{ day: string; devices: number }[]> {
  return store.rows(
    `SELECT toString(day) AS day, sum(installed.devices) AS devices
     FROM ${store.database}.installations(from = {from:DateTime('UTC')}, to = {to:DateTime('UTC')}) AS installed
     WHERE kind IN ('CHF', 'ESME', 'GSME') GROUP BY day ORDER BY day`,
    { from, to },
  );
}
