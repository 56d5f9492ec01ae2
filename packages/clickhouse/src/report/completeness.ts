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

/** The last London day of which the store has the last hour; null where there is none. */
export async function readLastDay(store: Store, { from, to }: Hours): Promise<string | null> {
  const [row] = await store.rows<{ day: string | null }>(
    `SELECT toString(maxOrNull(toDate(hour + 3600, 'Europe/London') - 1)) AS day FROM ${store.database}.blocks
     WHERE hour >= {from:DateTime('UTC')} AND hour < {to:DateTime('UTC')} AND hour_accepted > 0`,
    { from, to },
  );
  return row?.day ?? null;
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

/** Over the devices that raised any of the codes: sums of the alerts that were judged so, and of all. */
export interface DeviceShares {
  devices: number;
  part: number;
  whole: number;
  partSquares: number;
  products: number;
  wholeSquares: number;
}

export async function readShares(
  store: Store,
  { from, to, leftOut }: VolumeWindow,
  codes: readonly string[],
  suppression: string,
): Promise<DeviceShares> {
  const [row] = await store.rows<DeviceShares>(
    `SELECT count() AS devices, sum(judged) AS part, sum(raised) AS whole, sum(judged * judged) AS partSquares,
       sum(judged * raised) AS products, sum(raised * raised) AS wholeSquares
     FROM (
       SELECT device, sumIf(alerts, suppression = {suppression:String}) AS judged, sum(alerts) AS raised
       FROM ${store.database}.raw_alerts(target = '', seconds = 3600, from = {from:DateTime('UTC')}, to = {to:DateTime('UTC')})
       WHERE alert_code IN {codes:Array(String)}
         AND toDate(received_at, 'Europe/London') NOT IN {left_out:Array(Date)}
       GROUP BY device
     )`,
    { from, to, codes, suppression, left_out: leftOut },
  );
  return row!;
}
