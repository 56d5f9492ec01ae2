import { addNote, type Store } from '@tocsin/clickhouse';
import { type FedMessage, feedBlocks, HOUR, insertRows } from '../store-feed.ts';
import { keepAnswers } from './kept.ts';

/** Four hours of a Monday, 9:00 to 13:00 UTC; the same hours of the five Mondays before are known. */
export const MONDAY = Date.UTC(2026, 5, 8) / 1000;
export const BEGIN = MONDAY + 9 * HOUR;
export const END = MONDAY + 13 * HOUR;
const WEEK = 7 * 24 * HOUR;
export const FIRST = BEGIN - 5 * WEEK;
/** The next day, whole, has an hour of alerts. */
export const TUESDAY = BEGIN + 24 * HOUR;

export interface Message extends FedMessage {
  readonly attributes: Readonly<Record<string, string>>;
}

const METER = {
  ...{ device_kind: 'ESME', manufacturer: 'Kestrel', model: 'KM-200', firmware: '3.4.0', region: 'North' },
  ...{
    responsible_party: 'dno-01',
    network_operator: 'dno-01',
    supplier: 'sup-01',
    remedy: 'none',
    acting_party: '',
  },
};
const SWITCHABLE = { ...METER, suppression: 'suppressible', reason: 'service-request' };
const UNSTOPPABLE = {
  ...METER,
  responsible_party: 'idno-03',
  suppression: 'unstoppable',
  reason: 'not-a-dcc-user',
};
const PROTECTED = { ...METER, suppression: 'protected', reason: 'safety' };
const HUB = {
  ...{
    device_kind: 'CHF',
    manufacturer: 'WNC',
    model: 'CS-1',
    region: 'South',
    responsible_party: 'csp-south',
  },
  ...{ supplier: '', network_operator: '', suppression: 'always-on', reason: 'code' },
};
/** Every second hub runs the firmware that ends its alerts; it takes it, and goes on. */
const OLD_HUB = { ...HUB, firmware: '1.10.4', remedy: 'released', acting_party: 'csp-south' };
const NEW_HUB = { ...HUB, firmware: '1.11.2', remedy: 'none', acting_party: '' };
const STRANGER = {
  ...{
    device_kind: '',
    manufacturer: '',
    model: '',
    firmware: '',
    region: '',
    responsible_party: '',
    supplier: '',
  },
  ...{
    network_operator: '',
    suppression: 'unknown',
    reason: 'unknown-device',
    remedy: 'none',
    acting_party: '',
  },
};

/** What devices raise: n messages over the hour from `at` on, each of N alerts, from devices one after another. */
function raise(
  at: number,
  n: number,
  code: string,
  alerts: number,
  firstDevice: number,
  as: (i: number) => typeof METER,
) {
  return Array.from({ length: n }, (_, i) => ({
    ...{
      offset: 0,
      receivedAt: at + ((i * 59) % HOUR),
      code,
      alerts,
      device: firstDevice + i,
      attributes: as(i),
    },
  }));
}

function messagesOf(): Message[] {
  const messages: Message[] = [];
  for (let week = -5; week <= 0; week++)
    for (let hour = 0; hour < 4; hour++) {
      const at = BEGIN + week * WEEK + hour * HOUR;
      messages.push(...raise(at, 60, '8014', 2, 0, () => SWITCHABLE));
      // South is not heard of in the second hour of this Monday.
      if (week < 0 || hour !== 1)
        messages.push(...raise(at, 60, '8F3E', 1, 1000, (i) => (i % 2 === 0 ? OLD_HUB : NEW_HUB)));
    }
  // Ten times the usual in the third hour; what nobody can stop, must not be stopped and nobody knows in the fourth.
  messages.push(
    ...raise(BEGIN + 2 * HOUR, 60, '8014', 20, 0, () => SWITCHABLE),
    ...raise(BEGIN + 3 * HOUR, 10, '8015', 3, 2000, () => UNSTOPPABLE),
    ...raise(BEGIN + 3 * HOUR, 1, '81B8', 1, 0, () => PROTECTED),
    ...raise(BEGIN + 3 * HOUR, 2, '8014', 1, 3000, () => STRANGER),
    ...raise(TUESDAY, 40, '8F3E', 1, 1000, () => NEW_HUB),
  );
  return messages.map((message, offset) => ({ ...message, offset }));
}

/** All that was ever said; what a panel shows is counted from it. */
export const MESSAGES: readonly Message[] = messagesOf();

const VERSION = { version: '1' };
export const SLOTS = 26;
export const CAPACITY = { North: 0.75, South: 0.5, all: 4 };

const component = (id: string, name: string, regions: string[], capacity: number, unit = 'alerts/s') => ({
  ...VERSION,
  ...{
    component: id,
    name,
    regions,
    unit,
    holds_from: '2019-01-01 00:00:00',
    capacity,
    source: 'a test',
  },
});

const lever = (id: string, kind: string, name: string, what: object, state: string) => ({
  ...VERSION,
  ...{ lever: id, kind, name, codes: [], manufacturer: '', model: '', firmware: '', acting_party: '' },
  ...what,
  ...{ holds_from: '2026-05-20 00:00:00', state, reason: '' },
});

const rollout = (
  id: string,
  name: string,
  of: string,
  begins: string,
  ends: string | null,
  pauses: object[],
) => ({
  ...VERSION,
  ...{ rollout: id, name, lever: of, begins, ends, pauses, source: 'a test' },
});

async function feedRegistries(store: Store): Promise<void> {
  const code = (alert_code: string, name: string, plain: string) => ({ ...VERSION, alert_code, name, plain });
  await insertRows(store, 'codes', [
    code('8014', 'Power factor threshold below', 'The power factor is low'),
    code('8015', 'Power factor threshold OK', ''),
    code('8F3E', 'Unauthorised communication access attempted', ''),
    code('81B8', 'Incorrect polarity', ''),
  ]);
  const party = (id: string, name: string, role: string) => ({ ...VERSION, party: id, name, role });
  await insertRows(store, 'parties', [
    party('dno-01', 'Network 1', 'electricity-distributor'),
    // Two roles, and yet one party.
    party('csp-south', 'CSP South', 'csp'),
    party('csp-south', 'CSP South', 'dcc'),
    party('idno-03', 'Independent network 3', 'electricity-distributor'),
  ]);
  const ends8F3E = {
    codes: ['8F3E'],
    manufacturer: 'WNC',
    model: 'CS-1',
    firmware: '1.11.2',
    acting_party: 'csp',
  };
  const ends8F12 = {
    codes: ['8F12'],
    manufacturer: 'WNC',
    model: 'CS-2',
    firmware: '2.02.0',
    acting_party: 'csp',
  };
  await insertRows(store, 'levers', [
    lever('sr-6.22', 'service-request', 'Configure alert behaviour', {}, 'available'),
    lever('wnc-8f3e', 'firmware', 'WNC hub firmware 1.11.2', ends8F3E, 'released'),
    lever('r2-8f12', 'firmware', 'Release 2.0 hub firmware 2.02.0', ends8F12, 'on-hold'),
  ]);
  const deaf = { begins: '2026-06-01 00:00:00', ends: null, reason: 'deafness' };
  await insertRows(store, 'rollouts', [
    rollout('wnc', 'WNC hubs to 1.11.2', 'wnc-8f3e', '2026-06-08 10:00:00', null, []),
    rollout('r2', 'Pilot of Release 2.0', 'r2-8f12', '2026-05-20 00:00:00', null, [deaf]),
  ]);
  const pause = {
    ...VERSION,
    programme: 'mds',
    name: 'MDS migrations',
    reason: 'alert volume',
    source: 'a test',
  };
  await insertRows(store, 'migration_pauses', [
    { ...pause, begins: '2026-06-08 06:00:00', ends: '2026-06-08 11:30:00' },
    { ...pause, begins: '2026-05-01 06:00:00', ends: '2026-05-02 06:00:00' },
  ]);
  await insertRows(store, 'components', [
    component('north', 'CSP North', ['North'], CAPACITY.North),
    component('south', 'CSP South', ['South'], CAPACITY.South),
    component('dsp', 'Data service provider', [], CAPACITY.all),
    component('ota', 'Request slots', ['South'], SLOTS, 'requests'),
  ]);
  await insertRows(store, 'registry_versions', [VERSION]);
}

export const ATTEMPTS = { activated: 10, failed: 3 };

/** Hubs take the firmware in the second hour of the Monday, some of them in vain. */
async function feedAttempts(store: Store): Promise<void> {
  const at = new Date((BEGIN + HOUR) * 1000).toISOString().slice(0, 19).replace('T', ' ');
  const tell = (event: string, from: number, n: number, what: object) =>
    Array.from({ length: n }, (_, i) => ({
      ...{ stream: 'cluster/inventory/1', partition: 0, planned_at: at, recorded_at: at, effective_at: at },
      ...{ device: String(from + i).padStart(16, '0'), source: 'inventory', event, firmware: null },
      ...{ version: '1.11.2', phase: '', reason: '', kind: 'CHF', region: 'South' },
      ...what,
    }));
  const { activated, failed } = ATTEMPTS;
  const rows = [
    ...tell('firmware-downloaded', 1000, activated + failed, { phase: 'download' }),
    ...tell('firmware-activated', 1000, activated, { firmware: '1.11.2' }),
    ...tell('firmware-failed', 1000 + activated, failed, { phase: 'activation', reason: 'han-unstable' }),
  ];
  await insertRows(
    store,
    'device_history',
    rows.map((row, offset) => ({ ...row, offset })),
  );
}

export async function feedWorld(store: Store): Promise<void> {
  await feedRegistries(store);
  await feedAttempts(store);
  await keepAnswers(store);
  await addNote(store, {
    ...{ kind: 'spike', subject: '8014', ticket: 'CHG42', text: 'hubs are reset', author: 'an operator' },
    ...{ begins: (BEGIN + HOUR) * 1000, ends: (BEGIN + 1.5 * HOUR) * 1000 },
  });
  const last = MESSAGES.length - 1;
  await feedBlocks(store, {
    partition: 0,
    first: 0,
    last,
    accepted: [...MESSAGES],
    rejected: [],
    duplicates: 0,
  });
}
