import { randomUUID } from 'node:crypto';
import type { Store } from '@tocsin/clickhouse';
import { insertRows } from '../support/store-feed.ts';
import { type Built, insertLines, writeLedger } from './ledger.ts';

/** Worlds begin on 1 April 2020: London's clocks are not changed until October. Days are numbered from 0. */
const FIRST = Date.UTC(2020, 3, 1) / 1000;
const DAY = 86_400;
const HOUR = 3600;

const moments = new Map<number, string>();

/** UTC, `YYYY-MM-DD hh:mm:ss`. The same ones are asked for again and again. */
export function moment(day: number, seconds = 0): string {
  const at = FIRST + day * DAY + seconds;
  const known = moments.get(at);
  if (known !== undefined) return known;
  const text = new Date(at * 1000).toISOString().slice(0, 19).replace('T', ' ');
  moments.set(at, text);
  return text;
}

export const dateOf = (day: number) => moment(day).slice(0, 10);
export const idText = (id: number) => String(id).padStart(16, '0');

export interface Device {
  id: number;
  kind: 'CHF' | 'ESME' | 'GSME';
  model: string;
  region: string;
  /** Its hub's id; its own of a hub. */
  hub: number;
  /** The day of its installation; without one long before all of them. */
  installed?: number;
  /** The day on which it takes the firmware, at 03:00, if ever. */
  activated?: number;
  /** What else is told of it. */
  history?: readonly { at: string; event: string; [column: string]: unknown }[];
}

/** What a device raised of a code on a day, in how many messages, and when it was last heard in it (seconds of the day). */
export interface DayCount {
  day: number;
  device: Device;
  code: string;
  alerts: number;
  messages?: number;
  lastAt?: number;
}

export const MODEL = 'KM-200';
const VERSION = '2.0';
const MAKER = 'Kestrel';
/** The code that the rollout is meant to end. */
export const CODE = '8014';
/** One that it has nothing to do with. */
export const OTHER = '8F20';

/**
 * Writes what processors and builder would have left: the history of the devices, the ledger, and builds of every day (with
 * all that came at noon). What nobody told of isn't there; a day of which nothing came has no build.
 */
export async function writeWorld(
  store: Store,
  devices: readonly Device[],
  counts: readonly DayCount[],
  { begins, model = MODEL }: { begins: number; model?: string },
): Promise<void> {
  const version = randomUUID();
  await insertLines(
    store,
    'device_days',
    [
      ...[
        'version',
        'day',
        'device',
        'alert_code',
        'device_kind',
        'manufacturer',
        'model',
        'region',
        'alerts',
      ],
      ...['messages', 'first_at', 'last_at'],
    ],
    counts
      .filter(({ alerts }) => alerts > 0)
      .map(({ day, device, code, alerts, messages = alerts, lastAt = 12 * HOUR }) => [
        ...[version, moment(day), idText(device.id), code, device.kind, MAKER, device.model, device.region],
        ...[alerts, messages, moment(day, Math.min(lastAt, 12 * HOUR)), moment(day, lastAt)],
      ]),
  );
  const sums = new Map<number, Map<string, { alerts: number; messages: number }>>();
  for (const { day, device, alerts, messages = alerts } of counts) {
    if (alerts === 0) continue;
    const regions = sums.get(day) ?? new Map<string, { alerts: number; messages: number }>();
    const sum = regions.get(device.region) ?? { alerts: 0, messages: 0 };
    regions.set(device.region, { alerts: sum.alerts + alerts, messages: sum.messages + messages });
    sums.set(day, regions);
  }
  const days = [...sums].map(([day, regions]) => ({
    day,
    regions,
    messages: [...regions.values()].reduce((sum, one) => sum + one.messages, 0),
  }));
  await insertLines(
    store,
    'load_minutes',
    ['version', 'hour', 'minute', 'region', 'alerts', 'messages'],
    days.flatMap(({ day, regions }) =>
      [...regions].map(([region, sum]) => [
        ...[version, moment(day, 12 * HOUR), moment(day, 12 * HOUR), region, sum.alerts, sum.messages],
      ]),
    ),
  );
  await writeLedger(
    store,
    version,
    days.map(({ day, messages }) => ({ hour: moment(day, 12 * HOUR), messages })),
    days.flatMap(({ day, messages }): Built[] => [
      { target: 'device_days', bucket: moment(day), messages },
      { target: 'load_minutes', bucket: moment(day, 12 * HOUR), messages },
    ]),
  );
  await writeHistory(store, devices);
  await insertRows(store, 'registry_versions', [{ version: '1' }]);
  await insertRows(store, 'levers', [
    {
      ...{ version: '1', lever: 'firmware', kind: 'firmware', manufacturer: MAKER, model, firmware: VERSION },
      ...{ codes: [CODE], acting_party: 'supplier', holds_from: moment(begins), state: 'released' },
    },
  ]);
  await insertRows(store, 'rollouts', [
    {
      ...{ version: '1', rollout: 'simulated', name: 'Simulated', lever: 'firmware', begins: moment(begins) },
      ...{ pauses: [], source: 'simulation' },
    },
  ]);
}

async function writeHistory(store: Store, devices: readonly Device[]): Promise<void> {
  const nothing = { kind: null, manufacturer: null, model: null, firmware: null, region: null, hub: null };
  const rows = devices.flatMap((device) => {
    const { id, kind, model, region, hub, installed, activated, history = [] } = device;
    const told = (at: string, event: string, what: object) => ({
      ...{
        stream: 'cluster/inventory/1',
        partition: 0,
        planned_at: moment(0),
        recorded_at: at,
        effective_at: at,
      },
      ...{
        device: idText(id),
        source: 'inventory',
        event,
        han_state: null,
        version: '',
        phase: '',
        reason: '',
      },
      ...nothing,
      ...what,
    });
    const at = installed === undefined ? '2019-06-01 12:00:00' : moment(installed);
    return [
      told(at, 'installed', {
        ...{ kind, manufacturer: MAKER, model, firmware: '1.0', region },
        ...(hub === id ? {} : { hub: idText(hub) }),
      }),
      ...(activated === undefined
        ? []
        : [told(moment(activated, 3 * HOUR), 'firmware-activated', { firmware: VERSION, version: VERSION })]),
      ...history.map(({ at, event, ...what }) => told(at, event, what)),
    ];
  });
  await insertRows(
    store,
    'device_history',
    rows.map((row, offset) => ({ ...row, offset })),
  );
}
