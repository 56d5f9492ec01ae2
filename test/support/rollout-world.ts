import type { Store } from '@tocsin/clickhouse';
import { type FedMessage, feedBlocks, insertRows } from './store-feed.ts';

const DAY = 86_400;
const FIRST = Date.UTC(2020, 3, 1) / 1000;
const upTo = (n: number) => Array.from({ length: n }, (_, i) => i);

/** Days from 1 April 2020 on which anything is told, and the day on which the feed of South was missing. */
const DAYS = 62;
const GAP = 46;
const HUBS = 90;
const METERS = 60;
/** Hub 7 never raises anything; hub 89 is installed in the middle. */
const MUTE = 7;
const LATE = 89;

export const hubId = (i: number) => 1000 + i;
const meterId = (i: number) => 2000 + i;
export const idText = (id: number) => String(id).padStart(16, '0');
const moment = (day: number, time = '03:00:00') =>
  `${new Date((FIRST + day * DAY) * 1000).toISOString().slice(0, 10)} ${time}`;

/** The day on which a hub activates 1.11.2: 12 each on 11, 12 and 15 May, the others never. */
const activation = (i: number) => (i < 36 ? [40, 41, 44][i % 3]! : Number.POSITIVE_INFINITY);

const usualOfHub = (i: number, t: number) =>
  4 + (i % 4) + ((i * 7 + t * 3) % 5) + (t % 7 === 0 ? 3 : 0) + Math.floor(t / 20);
const usualOfMeter = (i: number, t: number) => 1 + ((i + t) % 2);
const hubAlerts = (i: number, t: number) => usualOfHub(i, t) - (t > activation(i) ? 3 : 0);
const meterAlerts = (i: number, t: number) => usualOfMeter(i, t) + (t > activation(i) ? 1 + (i % 2) : 0);
/** Of what there would be anyway, every other one. */
const heardOf = (usual: number, i: number, t: number) =>
  t > activation(i) ? Math.floor((usual + ((i + t) % 2)) / 2) : usual;
const south = (i: number) => i % 2 === 1;
const supplier = (i: number) => (i < 40 ? 'sup-a' : 'sup-b');

/**
 * 90 hubs of one model, each with a meter on its HAN but for the last 30, of which 36 take a firmware that ends 3 alerts
 * 8F3E a day and has meters raise one or two more 8014. Attributes stand as the inventory tells them.
 * @param options deafens: it does nothing but halve what HANs raise, of every kind
 * @param silent hubs of which nothing comes any more after their activation, nor of their meters
 */
export async function feedRollout(
  store: Store,
  silent: readonly number[] = [],
  { deafens = false } = {},
): Promise<void> {
  const messages: FedMessage[] = [];
  for (const t of upTo(DAYS))
    for (const i of upTo(HUBS)) {
      if ((t === GAP && south(i)) || (silent.includes(i) && t > activation(i))) continue;
      const attributes = { region: south(i) ? 'South' : 'North' };
      const say = (device: number, hour: number, code: string, alerts: number) =>
        messages.push({
          offset: messages.length,
          receivedAt: FIRST + t * DAY + hour * 3600 + 600,
          ...{ code, device, alerts, attributes },
        });
      if (i !== MUTE && (i !== LATE || t >= 30)) {
        const raised = deafens ? heardOf(usualOfHub(i, t), i, t) : hubAlerts(i, t);
        say(hubId(i), 12, '8F3E', raised - 1);
        say(hubId(i), 13, '8F3E', 1);
      }
      if (i < METERS)
        say(meterId(i), 12, '8014', deafens ? heardOf(usualOfMeter(i, t), i, t) : meterAlerts(i, t));
    }

  const told = (device: number, effective_at: string, event: string, what: object) => ({
    ...{ stream: 'cluster/inventory/1', partition: 0, planned_at: '2026-05-01 00:00:00' },
    ...{ recorded_at: effective_at, effective_at, device: idText(device), source: 'inventory', event },
    ...{
      kind: null,
      manufacturer: null,
      model: null,
      firmware: null,
      region: null,
      hub: null,
      supplier: null,
    },
    ...what,
  });
  const model = { manufacturer: 'WNC', model: 'CS-1', firmware: '1.10.4' };
  const history = upTo(HUBS).flatMap((i) => {
    const region = south(i) ? 'South' : 'North';
    const since = i === LATE ? moment(30) : '2019-06-01 12:00:00';
    const hub = idText(hubId(i));
    return [
      told(hubId(i), since, 'installed', { kind: 'CHF', region, ...model }),
      // Its other half has the same model and never a firmware of its own.
      told(3000 + i, since, 'installed', { kind: 'GPF', region, hub, ...model }),
      ...(i < METERS
        ? [
            told(meterId(i), since, 'installed', {
              ...{
                kind: 'ESME',
                manufacturer: 'Kestrel',
                model: 'KM-200',
                region,
                hub,
                supplier: supplier(i),
              },
            }),
          ]
        : []),
      ...(Number.isFinite(activation(i))
        ? [told(hubId(i), moment(activation(i)), 'firmware-activated', { firmware: '1.11.2' })]
        : []),
    ];
  });
  await insertRows(
    store,
    'device_history',
    history.map((row, offset) => ({ ...row, offset })),
  );
  await insertRows(store, 'registry_versions', [{ version: '1' }]);
  const lever = {
    ...{
      version: '1',
      lever: 'wnc',
      kind: 'firmware',
      manufacturer: 'WNC',
      model: 'CS-1',
      firmware: '1.11.2',
    },
    ...{ codes: ['8F3E'], acting_party: 'csp' },
  };
  await insertRows(store, 'levers', [{ ...lever, holds_from: moment(40, '00:00:00'), state: 'released' }]);
  const pauses = [{ begins: moment(42), ends: moment(43), reason: 'weather' }];
  await insertRows(store, 'rollouts', [
    {
      version: '1',
      rollout: 'wnc',
      name: 'WNC hubs',
      lever: 'wnc',
      begins: moment(40, '00:00:00'),
      pauses,
      source: 'test',
    },
  ]);
  await feedBlocks(store, {
    partition: 0,
    first: 0,
    last: messages.length,
    accepted: messages,
    rejected: [],
    duplicates: 0,
  });
}

/** The beginnings of the days, as buckets are named. */
export const BUCKETS = upTo(DAYS).map((day) => moment(day, '00:00:00'));
