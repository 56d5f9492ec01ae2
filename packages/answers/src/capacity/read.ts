import type { Store } from '@tocsin/clickhouse';
import { addDays, type Day, dayOf, startOf } from '@tocsin/domain';
import { hoursOf } from '../hours.ts';
import { iso } from '../period.ts';

interface Period {
  readonly from: number;
  readonly to: number;
}

/** A component of the registry as it is at the end of the period. */
export interface Registered {
  component: string;
  name: string;
  unit: string;
  /** Empty: all. */
  regions: string[];
  capacity: number;
}

/** The tightest of a London day at a component. */
export interface Tightest {
  day: Day;
  component: string;
  /** ISO 8601. */
  at: string;
  load: number;
  capacity: number;
}

export async function readComponents(store: Store, { to }: Period): Promise<Registered[]> {
  return store.rows<Registered>(
    'SELECT component, name, unit, regions, capacity FROM components_at(at = {at:String}) ORDER BY component',
    { at: hoursOf({ from: to, to }).to },
  );
}

/** Of each day the tightest, and (null without codes) what it would have been had alerts of the codes not come. */
export async function readDays(
  store: Store,
  period: Period,
  codes: readonly string[],
): Promise<{ loads: Tightest[]; without: Tightest[] | null }> {
  const { from, to } = hoursOf(period);
  const columns = 'toString(day) AS day, component, toString(minute) AS at, load, capacity';
  if (codes.length === 0) {
    const rows = await store.rows<Tightest>(
      `SELECT ${columns} FROM capacity_days(from = {from:String}, to = {to:String}) ORDER BY component, day`,
      { from, to },
    );
    return { loads: rows.map((row) => ({ ...row, at: iso(row.at) })), without: null };
  }
  const rows = await store.rows<
    Tightest & { atWithout: string; loadWithout: number; capacityWithout: number }
  >(
    `SELECT ${columns}, toString(minute_without) AS atWithout, load_without AS loadWithout,
       capacity_without AS capacityWithout
     FROM capacity_days_without(from = {from:String}, to = {to:String}, codes = {codes:Array(String)})
     ORDER BY component, day`,
    { from, to, codes },
  );
  return {
    loads: rows.map(({ day, component, at, load, capacity }) => ({
      day,
      component,
      at: iso(at),
      load,
      capacity,
    })),
    without: rows.map(({ day, component, atWithout, loadWithout, capacityWithout }) => ({
      ...{ day, component, at: iso(atWithout), load: loadWithout, capacity: capacityWithout },
    })),
  };
}

/** Downloads that ended in the hour in which most did for each slot, by London day; and over the period. */
export async function readSlots(store: Store, period: Period) {
  const { from, to } = hoursOf(period);
  const rows = await store.rows<Tightest & { ended: number; failed: number }>(
    `SELECT toString(toDate(hour, 'Europe/London')) AS day, component,
       toString(argMin(hour, (hours_to_fill, hour))) AS at, argMin(one.ended, (hours_to_fill, hour)) AS load,
       argMin(one.slots, (hours_to_fill, hour)) AS capacity, sum(one.ended) AS ended, sum(one.failed) AS failed
     FROM ota_load(from = {from:String}, to = {to:String}) AS one GROUP BY day, component ORDER BY component, day`,
    { from, to },
  );
  return rows.map((row) => ({ ...row, at: iso(row.at) }));
}

/** Regions whose feed was missing for an hour or more, by London's days. */
export async function readGaps(store: Store, period: Period): Promise<{ day: Day; region: string }[]> {
  const { from, to } = hoursOf(period);
  return store.rows(
    `SELECT DISTINCT toString(toDate(hour, 'Europe/London')) AS day, region
     FROM feed_gaps(from = {from:String}, to = {to:String})`,
    { from, to },
  );
}

/** Devices installed on the days. */
export async function readInstalled(store: Store, { from, to }: Period) {
  return store.rows<{ day: Day; region: string; devices: number }>(
    `SELECT toString(one.day) AS day, region, sum(one.devices) AS devices
     FROM installations AS one WHERE one.day >= {first:Date} AND one.day <= {last:Date} GROUP BY one.day, region`,
    { first: dayOf(from), last: dayOf(Math.max(from, to - 1)) },
  );
}

export type Installed = Awaited<ReturnType<typeof readInstalled>>;

/** Whole London days that are over, one after another, of which the growth is taken. */
export function wholeDays({ from, to }: Period, now: number): Day[] {
  const days: Day[] = [];
  const first = startOf(dayOf(from)) === from ? dayOf(from) : addDays(dayOf(from), 1);
  for (let day = first; startOf(addDays(day, 1)) <= Math.min(to, now); day = addDays(day, 1)) days.push(day);
  return days;
}
