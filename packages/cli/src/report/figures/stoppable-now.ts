import {
  type Registered,
  readRegistered,
  readVolume,
  type Volume,
  type VolumeFilter,
} from '@tocsin/clickhouse';
import { addDays, daysOf, type Figure, type Stoppable, stoppableNow } from '@tocsin/report';
import type { Context } from '../context.ts';
import { hoursOf } from '../moments.ts';

const SUPPRESSIBLE: VolumeFilter = { suppression: ['suppressible'] };
/** As in `alert_stoppability`: what is protected is never counted as stoppable, what is unknown can't be. */
const RELEASED: VolumeFilter = {
  remedy: ['released'],
  suppression: ['always-on', 'unstoppable', 'suppressible'],
};

export async function measureStoppableNow({
  store,
  definition,
  incomplete,
  lastDay,
}: Context): Promise<Figure> {
  if (lastDay === null) return stoppableNow(null, incomplete);
  const window = lastDays(lastDay, definition.stoppableNow.days, incomplete);
  const hours = hoursOf(window, incomplete);
  const [all] = await readVolume(store, hours, []);
  const [together] = await readVolume(store, hours, [], [SUPPRESSIBLE, RELEASED]);
  const switched = await readVolume(store, hours, ['responsible_party', 'alert_code'], [SUPPRESSIBLE]);
  const mended = await readVolume(store, hours, ['acting_party', 'manufacturer', 'model'], [RELEASED]);
  const registered = await readRegistered(store, hours.to);
  const countOf = ({ codes, devices, alerts }: Volume<never>) => ({
    codes,
    meaning: codes.map((code) => registered.codes.get(code) ?? 'not in the catalogue').join('; '),
    devices,
    alerts,
  });
  const levers: Stoppable[] = [
    ...switched.map((row) => ({
      party: row.responsible_party,
      lever: `switching ${row.alert_code} off (Service Request 6.22)`,
      ...countOf(row),
    })),
    ...mended.map((row) => ({
      party: row.acting_party,
      lever: `released firmware ${versionOf(registered, row)}for ${row.manufacturer} ${row.model}`,
      ...countOf(row),
    })),
  ];
  return stoppableNow(
    {
      window,
      days: daysOf(window).filter((day) => !incomplete.includes(day)).length,
      levers,
      together: together ?? { devices: 0, alerts: 0 },
      alerts: all?.alerts ?? 0,
    },
    incomplete,
  );
}

/** Versions that end these codes, each with a space behind; empty where the registries in the store don't say. */
function versionOf({ released }: Registered, row: Volume<'manufacturer' | 'model'>): string {
  return released
    .filter(({ manufacturer, model }) => manufacturer === row.manufacturer && model === row.model)
    .filter(({ codes }) => codes.some((code) => row.codes.includes(code)))
    .map(({ firmware }) => `${firmware} `)
    .join('');
}

/** From the day on with which `count` complete days come together. */
function lastDays(last: string, count: number, incomplete: readonly string[]) {
  let first = last;
  for (let found = incomplete.includes(first) ? 0 : 1; found < count; ) {
    first = addDays(first, -1);
    if (!incomplete.includes(first)) found++;
  }
  return { first, last };
}
