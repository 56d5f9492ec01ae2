import {
  buildBuckets,
  readCodes,
  readFeed,
  readGate,
  readPeaks,
  type Store,
  TARGETS,
} from '@tocsin/clickhouse';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Engine, startEngine } from '../support/fresh-store.ts';
import { type FedMessage, feedBlocks, HOUR, hourText, insertRows } from '../support/store-feed.ts';

let engine: Engine;
let store: Store;
let offset = 0;

beforeAll(async () => {
  engine = await startEngine();
  store = await engine.freshStore();
});
afterAll(() => engine.stop());
beforeEach(() => engine.empty(store));

/** Alerts at times in seconds since the epoch, each of N, from a region. */
const tell = (told: { at: number; alerts?: number; region?: string; code?: string; party?: string }[]) => {
  const first = offset;
  const accepted: FedMessage[] = told.map(({ at, alerts = 1, region = 'North', code = '8F3E', party }) => ({
    offset: offset++,
    receivedAt: at,
    code,
    device: 1,
    alerts,
    attributes: { region, ...(party !== undefined && { responsible_party: party }) },
  }));
  return feedBlocks(store, {
    partition: 0,
    first,
    last: offset - 1,
    accepted,
    rejected: [],
    duplicates: 0,
  });
};

const buildAll = async (hours: readonly number[]) => {
  for (const target of TARGETS) {
    const buckets = new Set(
      hours.map((hour) => Math.floor(hour / target.bucketSeconds) * target.bucketSeconds),
    );
    await buildBuckets(store, target, [...buckets].map(hourText));
  }
};

describe('load against capacity', () => {
  const NOON = Date.UTC(2026, 4, 4, 12) / 1000;
  const component = (id: string, regions: string[], capacity: number, from = '2019-01-01 00:00:00') => ({
    version: 'v',
    component: id,
    name: `Component ${id}`,
    regions,
    unit: 'alerts/s',
    holds_from: from,
    capacity,
    source: 'a test',
  });

  beforeEach(async () => {
    await insertRows(store, 'components', [
      component('north', ['North'], 10),
      component('north', ['North'], 20, '2026-05-04 12:01:00'),
      component('south', ['South'], 10),
      component('all', [], 40),
      { ...component('slots', ['North'], 1), unit: 'requests' },
    ]);
    await insertRows(store, 'registry_versions', [{ version: 'v' }]);
    await tell([
      { at: NOON, alerts: 300 },
      { at: NOON + 59, alerts: 228 },
      { at: NOON + 30, alerts: 60, region: 'South' },
      // Nobody knows where it is: it loads what stands for all regions.
      { at: NOON + 30, alerts: 600, region: '' },
      { at: NOON + 60, alerts: 540 },
    ]);
  });

  const FIRST = [
    { minute: '12:00', component: 'all', load: 19.8, capacity: 40 },
    { minute: '12:00', component: 'end-to-end', load: 8.8, capacity: 10 },
    { minute: '12:00', component: 'north', load: 8.8, capacity: 10 },
    { minute: '12:00', component: 'south', load: 1, capacity: 10 },
  ];
  const SECOND = [
    { minute: '12:01', component: 'all', load: 9, capacity: 40 },
    { minute: '12:01', component: 'end-to-end', load: 9, capacity: 20 },
    { minute: '12:01', component: 'north', load: 9, capacity: 20 },
    { minute: '12:01', component: 'south', load: 0, capacity: 10 },
  ];

  const read = () =>
    store.rows(
      `SELECT formatDateTime(minute, '%H:%i', 'UTC') AS minute, component, load, capacity
       FROM capacity_load(from = '2026-05-04 12:00:00', to = '2026-05-04 13:00:00') ORDER BY minute, component`,
    );

  it('is told by component as it was at the minute, and end to end, from raw rows as from builds', async () => {
    expect(await read()).toEqual([...FIRST, ...SECOND]);
    await buildAll([NOON]);
    await expect.poll(read).toEqual([...FIRST, ...SECOND]);
  });

  it('is read from an hour’s row of each region, once that is built', async () => {
    await buildAll([NOON]);
    const plan = async () => {
      const lines = await store.rows<{ explain: string }>(
        `EXPLAIN SELECT * FROM load_by_hour(from = '2026-05-04 12:00:00', to = '2026-05-04 13:00:00')`,
      );
      return lines.map(({ explain }) => explain).join('\n');
    };
    await expect.poll(plan).toContain('ReadFromMergeTree (by_hour)');
    const [north] = await store.rows<{ alerts: number[]; messages: number }>(
      `SELECT alerts, messages FROM load_by_hour(from = '2026-05-04 12:00:00', to = '2026-05-04 13:00:00')
       WHERE region = 'North'`,
    );
    expect(north).toEqual({ alerts: [528, 540], messages: 3 });
  });

  it('is highest in the tightest minute, which the gate goes by', async () => {
    expect(await readPeaks(store, hourText(NOON))).toEqual(FIRST.map(({ minute, ...peak }) => peak));
    expect(await readGate(store, hourText(NOON))).toEqual({
      state: 'caution',
      reason: 'Component north: 12% of its capacity is left in the highest minute',
    });
    await tell([{ at: NOON, alerts: 30 }]);
    expect(await readGate(store, hourText(NOON))).toMatchObject({ state: 'stop' });
    expect(await readGate(store, hourText(NOON + HOUR))).toBeNull();
  });
});

describe('a spike', () => {
  // Summer time begins on 29 March 2026: the same hour of London's week is another one of UTC.
  const HOURS = [9, 16, 23].map((day) => Date.UTC(2026, 2, day, 12) / 1000);
  const SPIKE = Date.UTC(2026, 2, 30, 11) / 1000;

  it('is an hour far above the same hour of the week before, of a code, and of a party', async () => {
    await tell([
      ...HOURS.flatMap((at, i) => [
        { at, alerts: 98 + 2 * i, party: 'one' },
        { at, alerts: 50, party: 'two' },
      ]),
      { at: SPIKE, alerts: 250, party: 'one' },
      { at: SPIKE, alerts: 52, party: 'two' },
      { at: SPIKE, alerts: 5, code: '8014', party: 'two' },
    ]);
    const spread = Math.sqrt(100);
    const rows = await store.rows(
      `SELECT alert_code, responsible_party, alerts, usual, score, spike
       FROM spikes(from = '2026-03-30 11:00:00', to = '2026-03-30 12:00:00') ORDER BY alert_code, responsible_party`,
    );
    expect(rows).toEqual([
      { alert_code: '8014', responsible_party: 'two', alerts: 5, usual: 0, score: 5, spike: false },
      {
        alert_code: '8F3E',
        responsible_party: 'one',
        alerts: 250,
        usual: 100,
        score: 150 / spread,
        spike: true,
      },
      {
        alert_code: '8F3E',
        responsible_party: 'two',
        alerts: 52,
        usual: 50,
        score: expect.closeTo(2 / Math.sqrt(50)),
        spike: false,
      },
    ]);
    expect(await readCodes(store, hourText(SPIKE))).toEqual([
      { code: '8014', alerts: 5, usual: 0, score: 5 },
      { code: '8F3E', alerts: 302, usual: 150, score: expect.closeTo(152 / Math.sqrt(150)) },
    ]);
  });

  it('is not told of while fewer than three weeks are known', async () => {
    await tell([{ at: HOURS[1]! }, { at: HOURS[2]! }, { at: SPIKE, alerts: 1000 }]);
    expect(await readCodes(store, hourText(SPIKE))).toEqual([
      { code: '8F3E', alerts: 1000, usual: null, score: null },
    ]);
  });
});

it('the feed of five minutes is told by region, with how long each is silent', async () => {
  const now = Date.UTC(2026, 4, 4, 12, 2) / 1000;
  await tell([
    { at: now - 301 },
    { at: now - 299 },
    { at: now - 10 },
    { at: now + 1 },
    { at: now - HOUR, region: 'South' },
    { at: now - 3 * HOUR, region: 'Central' },
    { at: now - 5, region: '' },
  ]);
  expect(await readFeed(store, '2026-05-04 12:02:00.000')).toEqual([
    { region: 'North', received: 2, silence: 10 },
    { region: 'South', received: 0, silence: HOUR },
  ]);
});
