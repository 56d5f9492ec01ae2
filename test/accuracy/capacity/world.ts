import { randomUUID } from 'node:crypto';
import type { Store } from '@tocsin/clickhouse';
import { addDays, startOf } from '@tocsin/domain';
import { HOUR, hourText, insertRows } from '../../support/store-feed.ts';
import { drawOf } from '../draw.ts';
import { insertLines, writeLedger } from '../ledger.ts';
import { idText } from '../world.ts';
import { DAYS, drawBeginning, drawCapacity, drawLoad, type Load, reachedAfter, together } from './load.ts';
import type { Found } from './measure.ts';

/** Clocks change in the eighth week. */
export const FIRST = '2020-02-03';
export const LAST = addDays(FIRST, DAYS - 1);
/** Hours of London's day of which something is told, with the share of the day's peak in each. */
const HOURS = [
  [8, 0.6],
  [17, 1],
  [22, 0.4],
] as const;
const PEAK = 17;

export interface Component extends Omit<Found, 'forecast'> {
  component: string;
  regions: readonly string[];
  capacity: number;
}

export interface World {
  /** The day of its first alert. */
  begins: number;
  regions: readonly { region: string; load: Load }[];
  components: readonly Component[];
}

export function drawWorld(seed: number): World {
  const draw = drawOf(seed, 'capacity');
  const regions = ['North', 'South'].map((name) => ({ region: `${seed}-${name}`, load: drawLoad(draw) }));
  const begins = drawBeginning(draw);
  const components = [[regions[0]!], [regions[1]!], regions].map((own, place) => {
    const level = together(own.map(({ load }) => load));
    const capacity = drawCapacity(draw, level);
    return {
      ...{ component: `${seed}-${place}`, regions: own.map(({ region }) => region), capacity },
      truth: reachedAfter(level, capacity),
      enough: begins === 0,
      falls: level.growth < 0,
    };
  });
  return { begins, regions, components };
}

/** Load by the minute as it is built, devices as the inventory tells of them, components as the registry does. */
export async function writeWorlds(store: Store, worlds: readonly World[]): Promise<void> {
  const version = randomUUID();
  const regions = worlds.flatMap(({ begins, regions }) => regions.map((one) => ({ begins, ...one })));
  const starts = Array.from({ length: DAYS }, (_, day) => startOf(addDays(FIRST, day)) / 1000);
  const rows = starts.flatMap((start, day) =>
    HOURS.flatMap(([hour, share]) =>
      regions
        .filter(({ begins, load }) => day >= begins && (hour !== PEAK || !load.missing.has(day)))
        .map(({ region, load }) => ({
          ...{ region, hour: hourText(start + hour * HOUR) },
          alerts: Math.round(60 * share * load.peaks[day]!),
        })),
    ),
  );
  await insertLines(
    store,
    'load_minutes',
    ['version', 'hour', 'minute', 'region', 'alerts', 'messages'],
    rows.map(({ region, hour, alerts }) => [version, hour, hour, region, alerts, alerts]),
  );
  const sums = new Map<string, number>();
  for (const { hour, alerts } of rows) sums.set(hour, (sums.get(hour) ?? 0) + alerts);
  const hours = [...sums].map(([hour, messages]) => ({ hour, messages }));
  await writeLedger(
    store,
    version,
    hours,
    hours.map(({ hour, messages }) => ({ target: 'load_minutes', bucket: hour, messages })),
  );
  const installed = starts.flatMap((start, day) =>
    regions.flatMap(({ region, load }) =>
      Array.from({ length: load.installed[day]! }, () => [hourText(start + 12 * HOUR), region] as const),
    ),
  );
  await insertLines(
    store,
    'device_history',
    [
      ...['stream', 'partition', 'offset', 'planned_at', 'recorded_at', 'effective_at', 'device'],
      ...['source', 'event', 'kind', 'region'],
    ],
    installed.map(([at, region], place) => [
      ...['cluster/inventory/1', 0, place, at, at, at, idText(place)],
      ...['inventory', 'installed', 'CHF', region],
    ]),
  );
  await insertRows(store, 'registry_versions', [{ version: '1' }]);
  await insertRows(
    store,
    'components',
    worlds.flatMap(({ components }) =>
      components.map(({ component, regions, capacity }) => ({
        ...{ version: '1', component, name: component, regions, unit: 'alerts/s', capacity },
        ...{ holds_from: '2019-01-01 00:00:00', source: 'simulation' },
      })),
    ),
  );
}
