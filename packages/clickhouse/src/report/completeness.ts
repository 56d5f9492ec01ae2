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

/** The first London day of which alerts are there one by one: of sealed days the counts alone stay. Null: of all. */
export async function readKeptFrom(store: Store): Promise<string | null> {
  // Where the day's end is no midnight in London, the next one is the first that is whole.
  const [row] = await store.rows<{ day: string | null }>(
    `SELECT toString(toDate(maxOrNull(toStartOfDay(bucket)) + 2 * 86400 - 1, 'Europe/London')) AS day
     FROM ${store.database}.sealed_versions`,
  );
  return row!.day;
}

/** Hubs and meters installed, by London day: of the days that the hours are of. */
export async function readInstallations(
  store: Store,
  { from, to }: Hours,
): Promise<{ day: string; devices: number }[]> {
  return store.rows(
    `SELECT toString(day) AS day, sum(installed.devices) AS devices
     FROM ${store.database}.installations AS installed
     WHERE kind IN ('CHF', 'ESME', 'GSME') AND installed.day >= toDate({from:DateTime('UTC')}, 'Europe/London')
       AND installed.day <= toDate({to:DateTime('UTC')} - 1, 'Europe/London')
     GROUP BY day ORDER BY day`,
    { from, to },
  );
}

/** Over devices: how many, the sum of their alerts, and of the squares of these. */
export interface DeviceSums {
  devices: number;
  sum: number;
  squares: number;
}

/** Devices by what they raised of some codes: alerts that were judged so, and others. A device may be in both. */
export async function readSides(
  store: Store,
  { from, to, leftOut }: VolumeWindow,
  codes: readonly string[],
  suppression: string,
): Promise<{ those: DeviceSums; others: DeviceSums }> {
  const rows = await store.rows<DeviceSums & { side: 'those' | 'others' }>(
    `SELECT side, count() AS devices, sum(raised) AS sum, sum(raised * raised) AS squares
     FROM (
       SELECT device, suppression = {suppression:String} ? 'those' : 'others' AS side, sum(alerts) AS raised
       FROM ${store.database}.raw_alerts(target = '', seconds = 3600, from = {from:DateTime('UTC')}, to = {to:DateTime('UTC')})
       WHERE alert_code IN {codes:Array(String)}
         AND toDate(received_at, 'Europe/London') NOT IN {left_out:Array(Date)}
       GROUP BY device, side
     )
     GROUP BY side`,
    { from, to, codes, suppression, left_out: leftOut },
  );
  const of = (wanted: string): DeviceSums => {
    const { devices = 0, sum = 0, squares = 0 } = rows.find(({ side }) => side === wanted) ?? {};
    return { devices, sum, squares };
  };
  return { those: of('those'), others: of('others') };
}
