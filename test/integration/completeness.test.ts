import type { Store } from '@tocsin/clickhouse';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Engine, startEngine } from '../support/fresh-store.ts';
import { ask } from '../support/questions.ts';
import { feedBlocks, HOUR } from '../support/store-feed.ts';

/** A Monday, 9:00 UTC and 10:00 in London: three hours, which came on the five Mondays before as well. */
const BEGIN = Date.UTC(2026, 5, 8, 9) / 1000;
const WEEK = 7 * 24 * HOUR;
const upTo = (n: number) => Array.from({ length: n }, (_, i) => i);

/** Messages of each hour of the last Monday by region; of all others 80, a quarter of them of another party. */
const LAST = { North: [80, 40, 80], South: [80, 0, 0] } as const;

let engine: Engine;
let store: Store;

beforeAll(async () => {
  engine = await startEngine();
  store = await engine.freshStore();
  const accepted = upTo(6).flatMap((ago) =>
    upTo(3).flatMap((hour) =>
      (['North', 'South'] as const).flatMap((region, r) =>
        upTo(ago === 0 ? LAST[region][hour]! : 80).map((i) => ({
          ...{ offset: 0, receivedAt: BEGIN - ago * WEEK + hour * HOUR + i, code: '8014', alerts: 1 },
          device: 1000 * r + i,
          attributes: { region, responsible_party: i % 4 === 0 ? 'idno-03' : 'dno-01' },
        })),
      ),
    ),
  );
  await feedBlocks(store, {
    ...{ partition: 0, first: 0, last: accepted.length - 1, rejected: [], duplicates: 0 },
    accepted: accepted.map((message, offset) => ({ ...message, offset })),
  });
});
afterAll(() => engine.stop());

const PERIOD = { from: '2026-06-08T09:00Z', to: '2026-06-08T12:00Z' };
const GAPS = [{ region: 'South', from: '2026-06-08T10:00:00Z', to: '2026-06-08T12:00:00Z', share: 0 }];
const REGIONS = [
  { region: 'North', share: 200 / 240, hours: 3, gapHours: 0 },
  { region: 'South', share: 80 / 240, hours: 3, gapHours: 2 },
];

it('tells what came of what was expected, and which hours are missing', async () => {
  expect(await ask(store, 'completeness', PERIOD)).toEqual({
    regions: REGIONS,
    parties: [
      { region: 'South', party: 'dno-01', received: 60, expected: 180, share: 60 / 180 },
      { region: 'South', party: 'idno-03', received: 20, expected: 60, share: 20 / 60 },
      { region: 'North', party: 'dno-01', received: 150, expected: 180, share: 150 / 180 },
      { region: 'North', party: 'idno-03', received: 50, expected: 60, share: 50 / 60 },
    ],
    gaps: GAPS,
  });
});

it('tells a party the counts of its own, and of regions shares alone', async () => {
  expect(await ask(store, 'completeness', PERIOD, { party: 'idno-03' })).toEqual({
    regions: REGIONS,
    parties: [
      { region: 'South', party: 'idno-03', received: 20, expected: 60, share: 20 / 60 },
      { region: 'North', party: 'idno-03', received: 50, expected: 60, share: 50 / 60 },
    ],
    gaps: GAPS,
  });
});

it('expects nothing while fewer than two weeks are known', async () => {
  const first = { from: '2026-05-04T09:00Z', to: '2026-05-04T12:00Z' };
  expect(await ask(store, 'completeness', first)).toMatchObject({
    regions: [
      { region: 'North', share: null, hours: 0, gapHours: 0 },
      { region: 'South', share: null, hours: 0, gapHours: 0 },
    ],
    gaps: [],
  });
});

it('compares periods by the hours in which each region was heard', async () => {
  // Of the South one hour of three was heard. The week before had its three hours whole, and 165 in which nothing was due.
  const now = { alerts: 280, aDay: (200 / 3) * 24 + 80 * 24 };
  const before = { alertsBefore: 480, aDayBefore: (240 / 168) * 24 + (240 / 168) * 24 };
  const change = {
    ...{ ...now, ...before, change: now.aDay - before.aDayBefore },
    ...{ share: (now.aDay - before.aDayBefore) / before.aDayBefore, began: null, ended: null, path: null },
  };
  expect(await ask(store, 'changes', { ...PERIOD, before: '2026-06-01T09:00Z' })).toEqual({
    before: '2026-06-01T09:00:00Z',
    all: change,
    codes: [{ code: '8014', meaning: '', safety: false, ...change }],
    installed: { aDay: 0, aDayBefore: 0, share: null },
  });
});
