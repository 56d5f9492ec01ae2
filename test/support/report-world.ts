import type { Store } from '@tocsin/clickhouse';
import { type FedMessage, feedBlocks, insertRows } from './store-feed.ts';

/** A device as the inventory first tells of it; `id` is its number, `installed` a moment in UTC. */
interface Told {
  id: number;
  kind: 'CHF' | 'ESME' | 'GSME';
  manufacturer: string;
  model: string;
  hub?: number;
  installed: string;
}

const idText = (id: number) => String(id).padStart(16, '0');
const upTo = (n: number) => Array.from({ length: n }, (_, i) => i);
const LONG_AGO = '2019-06-01 12:00:00';

/** Which devices there are, by number. */
const DEVICES = {
  firmware: upTo(40).map((i) => 1000 + i),
  users: upTo(40).map((i) => 1100 + i),
  neither: upTo(40).map((i) => 1200 + i),
  newHub: 1300,
  stranger: 1301,
  pilot: upTo(40).map((i) => 2000 + i),
  control: upTo(40).map((i) => 2100 + i),
  /** On the HAN of the third of the pilot. */
  meter: 2200,
  nonUser: upTo(200).map((i) => 10_000 + i),
  noParty: upTo(10).map((i) => 3100 + i),
  user: upTo(315).map((i) => 11_000 + i),
  mismatch: upTo(3).map((i) => 3300 + i),
  installedBefore: upTo(2450).map((i) => 4000 + i),
  installedAfter: upTo(147).map((i) => 7000 + i),
} as const;

/** The first three hubs of the pilot never speak after it; the third's meter does. */
const MUTE = DEVICES.pilot[2]!;

const HUB = { kind: 'CHF', manufacturer: 'WNC', model: 'CS-1', installed: LONG_AGO } as const;
const METER = { kind: 'ESME', manufacturer: 'Kestrel', model: 'KM-200', installed: LONG_AGO } as const;

function devicesOf({ withPilot }: WorldOptions): Told[] {
  const all = <T extends object>(ids: readonly number[], of: T) => ids.map((id) => ({ id, ...of }));
  const { firmware, users, neither, newHub, pilot, control, meter } = DEVICES;
  return [
    ...all([...firmware, ...users, ...neither], HUB),
    { id: newHub, ...HUB, installed: '2020-06-01 12:00:00' },
    ...all(withPilot ? [...pilot, ...control] : control, { ...HUB, model: 'CS-2' }),
    { id: meter, ...METER, hub: MUTE },
    ...all([...DEVICES.nonUser, ...DEVICES.noParty, ...DEVICES.user, ...DEVICES.mismatch], METER),
    ...all(DEVICES.installedBefore, { ...METER, kind: 'GSME' as const, installed: '2020-02-10 12:00:00' }),
    ...all(DEVICES.installedAfter, { ...METER, kind: 'GSME' as const, installed: '2020-07-02 12:00:00' }),
  ];
}

const EMPTY = {
  device_kind: '',
  manufacturer: '',
  model: '',
  firmware: '',
  region: '',
  supplier: '',
  network_operator: '',
  responsible_party: '',
  suppression: 'unknown',
  reason: 'unknown-device',
  remedy: 'none',
  remedy_reason: '',
  acting_party: '',
};
const OF_HUB = {
  ...EMPTY,
  device_kind: 'CHF',
  manufacturer: 'WNC',
  model: 'CS-1',
  responsible_party: 'csp-south',
  suppression: 'always-on',
  reason: 'code',
};
const OF_METER = { ...EMPTY, device_kind: 'ESME', manufacturer: 'Kestrel', model: 'KM-200' };
const STOPPABLE = { suppression: 'suppressible', reason: 'service-request' };
const UNSTOPPABLE = { suppression: 'unstoppable', reason: 'not-a-dcc-user' };

export interface WorldOptions {
  withPilot: boolean;
  /** Devices that raise two power factor alerts which nobody can stop, and which somebody can. */
  nonUsers: number;
  users: number;
}

/** Messages by when (UTC), code, device, the alerts that one stands for, and what differs from its kind. */
function alertsOf({ withPilot, nonUsers, users: stopping }: WorldOptions): FedMessage[] {
  const messages: FedMessage[] = [];
  const say = (at: string, code: string, devices: readonly number[], alerts: number, as: object) => {
    for (const device of devices)
      messages.push({
        offset: messages.length + 1,
        receivedAt: Date.parse(`${at}Z`) / 1000,
        code,
        device,
        alerts,
        attributes: as as Record<string, string>,
      });
  };
  const { firmware, users, neither, newHub, stranger, pilot, control, meter } = DEVICES;
  const hubs = { ...OF_HUB, model: 'CS-2' };

  // The store begins where the period does.
  say('2020-02-01T00:30', '8F20', [neither[0]!], 1, OF_HUB);

  // 8F3E: seven days before 4 May against seven after 22 June.
  say('2020-04-29T12:00', '8F3E', firmware, 70, OF_HUB);
  say('2020-04-29T12:00', '8F3E', users, 35, OF_HUB);
  say('2020-04-29T12:00', '8F3E', neither, 28, OF_HUB);
  // 23:30 in London is the last window's last day, an hour later it is none of it.
  say('2020-06-29T22:30', '8F3E', firmware, 7, OF_HUB);
  say('2020-06-29T23:30', '8F3E', firmware, 1000, OF_HUB);
  say('2020-06-26T12:00', '8F3E', neither, 14, OF_HUB);
  say('2020-06-26T12:00', '8F3E', [newHub], 21, OF_HUB);
  say('2020-06-26T12:00', '8F3E', [stranger], 7, EMPTY);

  // 8F12 in the pilot of 9 March; 8F20, daily in the fortnight before, tells who is heard of.
  const piloted = withPilot ? pilot : [];
  say('2020-03-01T12:00', '8F12', [...piloted, ...control], 140, hubs);
  say('2020-03-24T12:00', '8F12', piloted.slice(3), 34, hubs);
  say('2020-03-24T12:00', '8F12', control, 153, hubs);
  for (const day of upTo(14))
    say(
      `2020-0${day < 6 ? `2-${24 + day}` : `3-0${day - 5}`}T06:00`,
      '8F20',
      [...piloted, ...control],
      1,
      hubs,
    );
  say('2020-03-09T20:00', '8F20', piloted, 1, hubs);
  say('2020-03-26T12:00', '8F20', [...piloted.slice(3), ...control], 1, hubs);
  say('2020-03-26T12:00', '810E', [meter], 1, { ...OF_METER, ...STOPPABLE });

  // 8F12 when installations come back.
  say('2020-07-03T12:00', '8F12', firmware.slice(0, 7), 100, OF_HUB);

  // The feed of South is there on every Wednesday but one, which is then left out.
  for (const day of ['06-17', '06-24', '07-01', '07-15', '07-22', '07-29'])
    say(`2020-${day}T09:30`, 'AD1', upTo(60), 1, { ...OF_HUB, region: 'South' });
  say('2020-07-08T09:30', '8014', DEVICES.nonUser, 999, { ...OF_METER, ...UNSTOPPABLE });

  // 8014 and 8015 in July.
  const operator = { responsible_party: 'idno-03', ...UNSTOPPABLE };
  say('2020-07-15T12:00', '8014', DEVICES.nonUser.slice(0, nonUsers), 2, { ...OF_METER, ...operator });
  say('2020-07-15T12:00', '8015', DEVICES.noParty, 5, EMPTY);
  const stoppable = { ...OF_METER, ...STOPPABLE, responsible_party: 'dno-01' };
  const sup = { acting_party: 'sup-01' };
  say('2020-07-15T12:00', '8015', DEVICES.user.slice(0, 100), 2, {
    ...stoppable,
    ...sup,
    remedy: 'released',
  });
  say('2020-07-15T12:00', '8015', DEVICES.user.slice(100, 150), 2, {
    ...stoppable,
    ...sup,
    remedy: 'han-unstable',
  });
  say('2020-07-15T12:00', '8015', DEVICES.user.slice(150, stopping), 2, stoppable);
  const mismatch = { ...OF_METER, suppression: 'unstoppable', reason: 'credential-mismatch' };
  say('2020-07-16T12:00', '8002', [...DEVICES.mismatch, DEVICES.noParty[0]!], 7, mismatch);

  // The last seven days.
  say('2020-07-26T12:00', '8002', DEVICES.user.slice(0, 7), 10, {
    ...stoppable,
    responsible_party: 'dno-02',
  });
  const released = { remedy: 'released', acting_party: 'csp-south' };
  say('2020-07-26T12:00', '8F3E', firmware.slice(0, 5), 7, { ...OF_HUB, ...released });
  say('2020-07-26T12:00', '81C6', DEVICES.user.slice(0, 2), 7, {
    ...stoppable,
    responsible_party: 'sup-01',
    remedy: 'released',
    ...sup,
  });
  say('2020-07-26T12:00', '81B8', DEVICES.user.slice(0, 3), 7, {
    ...OF_METER,
    suppression: 'protected',
    reason: 'safety',
    remedy: 'released',
    ...sup,
  });
  say('2020-07-31T22:59', '8F20', DEVICES.neither, 1, OF_HUB);
  return messages;
}

/** Fills a store with a world small enough to count by hand. Alerts without a party are put right by a correction. */
export async function feedReportWorld(store: Store, options: WorldOptions): Promise<void> {
  const told = devicesOf(options);
  const change = (id: number, at: string, event: string, what: object) => ({
    stream: 'cluster/inventory/1',
    partition: 0,
    planned_at: '2026-05-01 00:00:00',
    recorded_at: at,
    effective_at: at,
    device: idText(id),
    source: 'inventory',
    event,
    kind: null,
    manufacturer: null,
    model: null,
    firmware: null,
    hub: null,
    role: '',
    setting: '',
    ...what,
  });
  const activated = (version: string) => ({ firmware: version });
  const { firmware, users, pilot } = DEVICES;
  const changes = [
    ...told.map(({ id, installed, hub, ...what }) =>
      change(id, installed, 'installed', { ...what, hub: hub === undefined ? null : idText(hub) }),
    ),
    ...firmware.map((id, i) =>
      change(
        id,
        i < 20 ? '2020-05-04 02:00:00' : '2020-06-22 02:00:00',
        'firmware-activated',
        activated('1.11.2'),
      ),
    ),
    // Put right after the firmware, so not the users' doing.
    ...[...users, firmware[0]!].map((id) =>
      change(id, '2020-05-11 12:00:00', 'credentials', { role: 'supplier', setting: 'correct' }),
    ),
    ...(options.withPilot
      ? pilot.map((id) => change(id, '2020-03-09 02:00:00', 'firmware-activated', activated('2.02.0')))
      : []),
  ];
  await insertRows(
    store,
    'device_history',
    changes.map((row, offset) => ({ ...row, offset })),
  );
  await insertRows(store, 'registry_versions', [{ version: '1' }]);
  await insertRows(store, 'codes', [{ version: '1', alert_code: '8002', name: 'Average voltage too high' }]);
  const lever = { version: '1', lever: 'wnc-8f3e', kind: 'firmware', manufacturer: 'WNC', model: 'CS-1' };
  const states = { '2020-04-20': 'pilot', '2020-05-04': 'released', '2020-09-01': 'withdrawn' };
  await insertRows(
    store,
    'levers',
    Object.entries(states).map(([day, state]) => ({
      ...lever,
      ...{ firmware: '1.11.2', codes: ['8F3E'], holds_from: `${day} 00:00:00`, state },
    })),
  );
  const accepted = alertsOf(options);
  await feedBlocks(store, {
    partition: 0,
    first: 0,
    last: accepted.length,
    accepted,
    rejected: [0],
    duplicates: 0,
  });
  const params = { hour: '2020-07-15 12:00:00' };
  await store.command(
    `INSERT INTO corrections SELECT 1, * REPLACE ('unstoppable' AS suppression, 'no-party' AS reason)
     FROM alerts WHERE toStartOfHour(received_at) = toDateTime({hour:String}, 'UTC') AND device_kind = ''`,
    params,
  );
  await store.command(
    `INSERT INTO revisions (hour, revision, corrected, at)
     SELECT toDateTime({hour:String}, 'UTC'), 1, 10, now64(6) - INTERVAL 5 SECOND`,
    params,
  );
}
