import type { Store } from '@tocsin/clickhouse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Api, startApi } from '../support/api.ts';
import { feedHistory } from '../support/device-history.ts';
import { csvRows, type Exported, exportFile } from '../support/exports.ts';
import { type Engine, startEngine } from '../support/fresh-store.ts';
import { feedBlocks, HOUR, insertRows } from '../support/store-feed.ts';

const FIRST = Date.UTC(2020, 6, 5, 23) / 1000;
const DAY = 24 * HOUR;

/** Devices that are alike, and how many they are. */
interface Group {
  readonly day: number;
  readonly code: string;
  readonly region: string;
  readonly party: string;
  readonly devices: number;
}
const group = (day: number, code: string, region: string, party: string, devices: number): Group => ({
  ...{ day, code, region, party, devices },
});
/** Small ones of each kind: one of three regions, one of two roles, a whole code, one that grows over ten with the day after. */
const GROUPS: readonly Group[] = [
  group(0, '8014', 'North', 'dno-01', 3),
  group(0, '8014', 'South', 'dno-02', 12),
  group(0, '8014', 'Central', 'dno-01', 40),
  group(0, '8014', 'Central', 'idno-03', 25),
  group(0, '81C3', 'North', 'sup-01', 4),
  group(0, '8002', 'North', 'dno-01', 30),
  group(0, '8002', 'South', 'sup-01', 9),
  group(0, '8006', 'South', 'dno-02', 11),
  group(1, '8014', 'North', 'dno-01', 50),
  group(1, '8014', 'South', 'dno-02', 2),
  group(1, '81C3', 'North', 'sup-01', 18),
  group(1, '8002', 'North', 'dno-01', 1),
  group(1, '8002', 'Central', 'dno-01', 45),
  // Of the whole day there are too few for anything.
  group(2, '8014', 'South', 'dno-02', 5),
];
const deviceOf = (region: string, device: number) =>
  1000 * (1 + ['North', 'Central', 'South'].indexOf(region)) + device;
/** Groups are told apart by what they raise: any sum of these says of which it is. */
const alertsOf = (i: number) => 64 * 2 ** i;

let engine: Engine;
let store: Store;
let api: Api;

beforeAll(async () => {
  engine = await startEngine();
  store = await engine.freshStore();
  const accepted = GROUPS.flatMap(({ day, code, region, party, devices }, i) =>
    Array.from({ length: devices }, (_, device) => ({
      receivedAt: FIRST + day * DAY + HOUR,
      code,
      device: deviceOf(region, device),
      alerts: device === 0 ? alertsOf(i) - (devices - 1) : 1,
      attributes: {
        ...{ device_kind: 'ESME', manufacturer: 'Kestrel', model: 'KM-200', firmware: '1.0', region },
        ...{ supplier: 'sup-01', gas_supplier: '', responsible_party: party, acting_party: '' },
        network_operator: party.startsWith('sup') ? 'dno-01' : party,
        ...{ suppression: party.startsWith('idno') ? 'unstoppable' : 'suppressible', remedy: 'none' },
        reason: party.startsWith('idno') ? 'not-a-dcc-user' : 'service-request',
      },
    })),
  ).map((message, offset) => ({ offset, ...message }));
  await feedBlocks(store, {
    ...{ partition: 0, first: 0, last: accepted.length - 1, rejected: [], duplicates: 0, accepted },
  });
  await insertRows(store, 'registry_versions', [{ version: '1' }]);
  const most = new Map<string, number>();
  for (const { region, devices } of GROUPS) most.set(region, Math.max(devices, most.get(region) ?? 0));
  await feedHistory(
    store,
    [...most].flatMap(([region, devices]) =>
      Array.from({ length: devices }, (_, device) => ({
        ...{ at: '2019-01-01 00:00', device: deviceOf(region, device), event: 'installed', kind: 'ESME' },
        ...{ region, supplier: 'sup-01', network_operator: 'dno-01' },
      })),
    ),
  );
  api = await startApi(store);
});
afterAll(async () => {
  await api?.stop();
  await engine?.stop();
});

/** Of which groups each number is that exports of a class tell, over these periods, by each of `bys`. */
async function toldOf(of: string, bys: readonly string[], periods: readonly string[] = PERIODS) {
  const token = await api.token('operations');
  const told = new Set<string>();
  for (const period of periods)
    for (const by of ['', ...bys]) {
      const query = `${period}&class=${of}${by && `&by=${by}`}`;
      const { bytes } = await exportFile(api, `volume?${query}`, token);
      for (const { alerts } of csvRows(bytes)) told.add(alerts!);
    }
  return [...told].map((alerts) => {
    const bits = BigInt(alerts) / 64n;
    expect(bits * 64n).toBe(BigInt(alerts));
    return new Set([...GROUPS.keys()].filter((i) => (bits >> BigInt(i)) & 1n));
  });
}

/** What differences of all that is told lead to: groups that no number tells apart, and their devices. */
function smallestOf(told: readonly ReadonlySet<number>[]): number {
  const atoms = new Map<string, Set<string>>();
  for (const [i, { region, devices }] of GROUPS.entries()) {
    const key = told.map((one) => (one.has(i) ? '1' : '0')).join('');
    if (!key.includes('1')) continue;
    const among = atoms.get(key) ?? new Set();
    for (let device = 0; device < devices; device++) among.add(`${region} ${device}`);
    atoms.set(key, among);
  }
  return Math.min(...[...atoms.values()].map(({ size }) => size));
}

const PERIODS = [
  ...['from=2020-07-06&to=2020-07-09', 'from=2020-07-06&to=2020-07-09&grain=day'],
  ...['from=2020-07-06&to=2020-07-08', 'from=2020-07-07&to=2020-07-08'],
];
const NATIONAL = ['code', 'reason', 'code,reason', 'code,kind,suppression,reason,remedy'];
const REGIONAL = [
  ...['region', 'responsible-party', 'code,region', 'code,responsible-party', 'region,responsible-party'],
  'code,kind,region,responsible-party,suppression,reason,remedy',
];

describe('a volume', () => {
  it('of green and of white tells of no group under ten devices, nor do all of them together by difference', async () => {
    const white = await toldOf('white', NATIONAL);
    const green = await toldOf('green', [...NATIONAL, ...REGIONAL]);
    expect(white.length).toBeGreaterThan(5);
    expect(green.length).toBeGreaterThan(10);
    expect(smallestOf([...green, ...white])).toBeGreaterThanOrEqual(10);
  });

  it('of amber does, by its totals alone: so that nothing would be shown by a world without small groups', async () => {
    expect(smallestOf(await toldOf('amber', ['code', 'region'], PERIODS.slice(0, 1)))).toBeLessThan(10);
  });
});

describe('the suppression report', () => {
  /** Over all days: of 8002 nine devices are in the South, thirty in the North and 45 in the Central region. */
  const rowsOf = async (of: string) => {
    const query = `suppression?from=2020-07-06&to=2020-07-09&class=${of}`;
    const rows = files.get(of) ?? exportFile(api, query, await api.token('operations'));
    files.set(of, rows);
    return csvRows((await rows).bytes);
  };
  const files = new Map<string, Promise<Exported>>();

  it('of green puts a small group with the smallest of the others, which would be had by difference', async () => {
    const groups = await store.rows<{ region: string; devices: number }>(
      `SELECT region, devices FROM suppression_protected(from = '2020-07-05 23:00:00', to = '2020-07-08 23:00:00', party = '')
       WHERE alert_code = '8002' ORDER BY region`,
    );
    expect(groups).toEqual([
      { region: 'Central', devices: 45 },
      { region: 'other', devices: 30 + 9 },
    ]);
    const told = (await rowsOf('green')).filter(({ code }) => code === '8002');
    expect(told.map(({ region, devices }) => [region, devices])).toEqual([
      ['Central', '40'],
      ['other', '30'],
    ]);
  });

  it.each(['green', 'white'])('of %s tells of no party, and of devices in tens, ten or more', async (of) => {
    const rows = await rowsOf(of);
    expect(rows.length).toBeGreaterThan(3);
    expect(rows.filter(({ devices }) => !/^[1-9]\d*0$/.test(devices!))).toEqual([]);
    expect(JSON.stringify(rows)).not.toMatch(/dno-0|sup-0|idno-0/);
  });

  it.each(['green', 'white'])('of %s as a page has sums of its rows alone', async (of) => {
    const rows = await rowsOf(of);
    const address = `/v1/exports/suppression?from=2020-07-06&to=2020-07-09&class=${of}`;
    const page = await api.get(address, await api.token('operations'), { accept: 'text/html' });
    const html = await page.text();
    const cells = [...html.matchAll(/<td class="numbers">([\d,]+)<\/td>/g)].map(([, cell]) =>
      Number(cell!.replaceAll(',', '')),
    );
    expect(cells.length).toBeGreaterThan(10);
    expect(cells.filter((cell) => cell % 10 !== 0)).toEqual([]);
    expect(cells[0]).toBe(rows.reduce((sum, { devices }) => sum + Number(devices), 0));
    expect(html).not.toMatch(/dno-0|sup-0|idno-0/);
  });

  it('of amber has the small group: so that nothing would be shown by a world without one', async () => {
    const small = (await rowsOf('amber')).filter(({ devices }) => Number(devices) < 10);
    expect(small.map(({ code, region, devices }) => [code, region, devices])).toContainEqual([
      ...['8002', 'South', '9'],
    ]);
  });
});
