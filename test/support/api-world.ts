import type { Store } from '@tocsin/clickhouse';
import { deviceId, feedHistory, type Told } from './device-history.ts';
import { feedRollout } from './rollout-world.ts';
import { type FedMessage, feedBlocks, HOUR, insertRows } from './store-feed.ts';
import { buildAll } from './targets.ts';

/** Whoever asks, of the world of the rollout: it supplies the first forty meters. */
export const OWN = 'sup-a';
const OWN_METER = 2000;
const DAY = 24 * HOUR;
const FIRST = Date.UTC(2020, 3, 1) / 1000;
const DAYS = 62;
export const PERIOD = 'from=2020-04-01&to=2020-06-02';

/** What nobody but its own supplier may learn of. Words that occur nowhere else. */
export const CANARY = {
  party: 'sup-canary',
  name: 'Canary Energy',
  operator: 'dno-canary',
  model: 'CANARY-MODEL',
  manufacturer: 'Canaria',
  firmware: '77.7.7',
  rollout: 'rollout-canary',
  meter: deviceId(7_777_001),
  hub: deviceId(7_777_000),
  code: '81C7',
} as const;
const [CANARY_HUB, CANARY_METER] = [7_777_000, 7_777_001];

const version = '1';

/** The world of the rollout, with what every question needs; and with a neighbour that it has nothing to do with, if wanted;
 * counted into builds: all of it is read again and again. */
export async function feedApiWorld(store: Store, { canary }: { canary: boolean }): Promise<void> {
  await feedRollout(store, [0, 3]);
  await feedHistory(store, [...ownHistory(), ...(canary ? canaryHistory() : [])]);
  const accepted = [...ownAlerts(), ...(canary ? canaryAlerts() : [])].map((one, offset) => ({
    offset,
    ...one,
  }));
  const block = { partition: 1, first: 0, last: accepted.length - 1, rejected: [], duplicates: 0 };
  await feedBlocks(store, { ...block, accepted });
  await feedRegistries(store, canary);
  await buildAll(store);
}

const attributes = (of: object) => ({
  device_kind: 'ESME',
  manufacturer: 'Kestrel',
  model: 'KM-200',
  firmware: '3.4.0',
  region: 'North',
  supplier: OWN,
  gas_supplier: '',
  network_operator: 'dno-01',
  responsible_party: OWN,
  suppression: 'suppressible',
  reason: 'service-request',
  remedy: 'released',
  acting_party: OWN,
  ...of,
});

type Alert = Omit<FedMessage, 'offset'>;

/** Raised and cleared daily, and far more often on the last days. */
function daily(device: number, of: Record<string, string>, codes: readonly string[]): Alert[] {
  return Array.from({ length: DAYS }, (_, day) =>
    codes.map((code, i) => ({
      receivedAt: FIRST + day * DAY + 10 * HOUR + i * 300,
      code,
      device,
      alerts: day < DAYS - 3 ? 5 + (day % 3) : 5000,
      attributes: of,
    })),
  ).flat();
}

const ownAlerts = () => daily(OWN_METER, attributes({}), ['8014', '8015']);

const canaryAlerts = () => [
  ...daily(
    CANARY_METER,
    attributes({
      ...{ supplier: CANARY.party, responsible_party: CANARY.party, acting_party: CANARY.party },
      ...{ manufacturer: CANARY.manufacturer, model: CANARY.model, firmware: CANARY.firmware },
      ...{ network_operator: CANARY.operator, region: 'Central' },
    }),
    ['8014', '8015', CANARY.code],
  ),
  ...daily(
    CANARY_HUB,
    attributes({
      ...{ device_kind: 'CHF', supplier: '', network_operator: '', responsible_party: 'csp-north' },
      ...{ manufacturer: CANARY.manufacturer, model: `${CANARY.model}-HUB`, firmware: CANARY.firmware },
      ...{ acting_party: 'csp-north', region: 'Central' },
    }),
    ['8F3E'],
  ),
];

const failed = (device: number, version: string): Told => ({
  ...{ at: '2020-05-20 10:00', device, event: 'firmware-failed' },
  ...{ version, phase: 'download', reason: 'han-communication' },
});

const ownHistory = (): Told[] => [
  failed(OWN_METER, '3.5.0'),
  {
    ...{ at: '2020-05-10 10:00', device: OWN_METER + 1, event: 'alert-behaviour' },
    ...{ code: '8014', setting: 'off', via: '6.22' },
  },
];

const canaryHistory = (): Told[] => [
  {
    ...{ at: '2019-06-01 12:00', device: CANARY_HUB, event: 'installed', kind: 'CHF', region: 'Central' },
    ...{ manufacturer: CANARY.manufacturer, model: `${CANARY.model}-HUB`, firmware: '70.0.0' },
  },
  {
    ...{ at: '2019-06-01 12:00', device: CANARY_METER, event: 'installed', kind: 'ESME', region: 'Central' },
    ...{ manufacturer: CANARY.manufacturer, model: CANARY.model, firmware: '70.0.0', hub: CANARY.hub },
    ...{ supplier: CANARY.party, network_operator: CANARY.operator },
  },
  {
    ...{ at: '2020-05-12 03:00', device: CANARY_METER, event: 'firmware-activated' },
    ...{ version: CANARY.firmware, firmware: CANARY.firmware },
  },
  failed(CANARY_METER, '78.0.0'),
  {
    ...{ at: '2020-05-10 10:00', device: CANARY_METER, event: 'alert-behaviour' },
    ...{ code: CANARY.code, setting: 'off', via: '6.22' },
  },
];

async function feedRegistries(store: Store, canary: boolean): Promise<void> {
  await insertRows(store, 'codes', [
    {
      version,
      alert_code: '8014',
      name: 'Power Factor Threshold Below',
      plain: 'Power factor low',
      safety: false,
    },
    { version, alert_code: '81B8', name: 'Incorrect Polarity', plain: '', safety: true },
  ]);
  const party = (id: string, name: string, role: string) => ({
    ...{ version, party: id, name, role, kind: '', regions: [], eui64s: [], dcc_user: [] },
  });
  await insertRows(store, 'parties', [
    party(OWN, 'Own Energy', 'import-supplier'),
    party('csp-north', 'CSP North', 'csp'),
    ...(canary ? [party(CANARY.party, CANARY.name, 'import-supplier')] : []),
  ]);
  await insertRows(store, 'components', [
    {
      ...{ version, component: 'csp-north', name: 'CSP North', regions: [], unit: 'alerts/s' },
      ...{ holds_from: '2019-01-01 00:00:00', capacity: 1, source: 'test' },
    },
  ]);
  await insertRows(store, 'rollouts', [
    {
      ...{ version, rollout: 'wnc-2020', name: 'WNC hubs', lever: 'wnc' },
      ...{ begins: '2020-05-11 00:00:00', pauses: [], source: 'test' },
    },
  ]);
  if (!canary) return;
  await insertRows(store, 'levers', [
    {
      ...{ version, lever: 'canary', kind: 'firmware', name: `Firmware ${CANARY.firmware}` },
      ...{ manufacturer: CANARY.manufacturer, model: CANARY.model, firmware: CANARY.firmware },
      ...{
        codes: [CANARY.code],
        acting_party: CANARY.party,
        holds_from: '2020-05-01 00:00:00',
        state: 'released',
      },
    },
  ]);
  await insertRows(store, 'rollouts', [
    {
      ...{ version, rollout: CANARY.rollout, name: `${CANARY.name} meters`, lever: 'canary' },
      ...{ begins: '2020-05-01 00:00:00', pauses: [], source: 'test' },
    },
  ]);
}

export const ownDevice = deviceId(OWN_METER);
