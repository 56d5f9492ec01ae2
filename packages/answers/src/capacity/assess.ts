import type { Day } from '@tocsin/domain';
import { earliest, forecastOf } from './forecast.ts';
import { growthOf } from './growth.ts';
import type { Installed, Registered, Tightest } from './read.ts';
import type { Capacity, Component } from './told.ts';

export interface Known {
  /** Whole London days of the period, one after another. */
  readonly whole: readonly Day[];
  /** Of these the ones that the growth is taken of. */
  readonly since: Day;
  readonly gaps: readonly { day: Day; region: string }[];
  readonly installed: Installed;
}

/** Load against capacity of each component and end to end, from the tightest of each day. */
export function assess(
  registered: readonly Registered[],
  tightest: readonly Tightest[],
  known: Known,
): Capacity {
  const components = registered.map((one) => componentOf(one, tightest, known));
  return { components, endToEnd: endToEnd(components) };
}

const headroom = ({ load, capacity }: Pick<Tightest, 'load' | 'capacity'>) => 1 - load / capacity;

function componentOf(one: Registered, tightest: readonly Tightest[], known: Known): Component {
  const own = tightest.filter(({ component }) => component === one.component);
  const [peak] = own.toSorted((a, b) => headroom(a) - headroom(b) || (a.at < b.at ? -1 : 1));
  const inRegion = (region: string) => one.regions.length === 0 || one.regions.includes(region);
  const missing = new Set(known.gaps.filter(({ region }) => inRegion(region)).map(({ day }) => day));
  const whole = new Set(known.whole);
  const days = own.map((row) => ({
    day: row.day,
    peak: row.load,
    headroom: headroom(row),
    // Of a region whose feed has not begun nothing comes while others have theirs.
    complete: whole.has(row.day) && !missing.has(row.day) && row.load > 0,
  }));
  const peaks = new Map(days.filter(({ complete }) => complete).map(({ day, peak }) => [day, peak]));
  const installed = new Map<Day, number>();
  for (const { day, region, devices } of known.installed)
    if (inRegion(region)) installed.set(day, (installed.get(day) ?? 0) + devices);
  const growth =
    one.unit === 'alerts/s'
      ? growthOf(
          known.whole
            .filter((day) => day >= known.since)
            .map((day) => ({ day, peak: peaks.get(day) ?? null, installed: installed.get(day) ?? 0 })),
        )
      : null;
  return {
    component: one.component,
    name: one.name,
    unit: one.unit,
    capacity: one.capacity,
    peak: peak ? { at: peak.at, load: peak.load } : null,
    headroom: peak ? headroom(peak) : null,
    days,
    forecast: forecastOf(growth, one.capacity),
  };
}

/** Of each day, and over all, the component with the least headroom. */
function endToEnd(components: readonly Component[]): Capacity['endToEnd'] {
  const inAlerts = components.filter(({ unit }) => unit === 'alerts/s');
  const least = inAlerts
    .filter((one) => one.headroom !== null)
    .toSorted((a, b) => a.headroom! - b.headroom!)[0];
  const byDay = new Map<Day, Capacity['endToEnd']['days'][number]>();
  for (const { component, days } of inAlerts)
    for (const { day, headroom, complete } of days) {
      const before = byDay.get(day);
      const tighter = before === undefined || headroom < before.headroom;
      byDay.set(day, {
        ...(tighter ? { day, component, headroom } : before),
        complete: complete && (before?.complete ?? true),
      });
    }
  return {
    component: least?.component ?? null,
    headroom: least?.headroom ?? null,
    peak: least?.peak ?? null,
    days: [...byDay.values()].sort((a, b) => (a.day < b.day ? -1 : 1)),
    forecast: earliest(inAlerts),
  };
}
