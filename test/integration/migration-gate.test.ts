import { ALL, QUESTIONS } from '@tocsin/answers';
import type { Store } from '@tocsin/clickhouse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Engine, startEngine } from '../support/fresh-store.ts';
import { feedBlocks, HOUR, insertRows } from '../support/store-feed.ts';

// Hours of a summer's day from 9:00 UTC, 10:00 in London: alerts of the highest minute in North, of 600 that it takes in
// one, and in South, of 1,200.
const BEGIN = Date.UTC(2026, 5, 8, 9) / 1000;
const PEAKS: [north: number, south: number][] = [
  [300, 60], // half is left
  [450, 960], // a quarter of North, a fifth of South
  [480, 1020], // a fifth of North, 15% of South
  [60, 1110], // 7.5% of South
  [660, 60], // beyond what North takes
  [0, 0], // nobody raised anything
  [480, 60], // a fifth of North
  [450, 60], // a quarter
];

let engine: Engine;
let store: Store;
// biome-ignore lint/suspicious/noExplicitAny: what is told is held to its schema by answers.test.ts
let told: any;
let shown: string;
const gate = QUESTIONS.find(({ name }) => name === 'migration-gate')!;
const asked = gate.asked.parse({ from: '2026-06-08T09:00Z', to: '2026-06-08T17:00Z' });

beforeAll(async () => {
  engine = await startEngine();
  store = await engine.freshStore();
  const accepted = PEAKS.flatMap(([north, south], hour) =>
    (['North', 'South'] as const).flatMap((region, device) => {
      const peak = region === 'North' ? north : south;
      // A minute that has half of it comes before the highest.
      return [
        { at: 60, alerts: Math.ceil(peak / 2) },
        { at: 1800, alerts: peak },
      ].map(({ at, alerts }) => ({
        ...{ receivedAt: BEGIN + hour * HOUR + at + device, code: '8014', device, alerts },
        attributes: { region },
      }));
    }),
  )
    .filter(({ alerts }) => alerts > 0)
    .map((message, offset) => ({ ...message, offset }));
  await feedBlocks(store, { ...{ partition: 0, first: 0, last: 99, rejected: [], duplicates: 0 }, accepted });
  const takes = (region: string, capacity: number) => ({
    ...{ version: 'v', component: `csp-${region}`, name: `CSP ${region}`, regions: [region] },
    ...{ unit: 'alerts/s', holds_from: '2019-01-01 00:00:00', capacity, source: 'a test' },
  });
  await insertRows(store, 'components', [takes('North', 10), takes('South', 20)]);
  await insertRows(store, 'registry_versions', [{ version: 'v' }]);
  told = await gate.answer(store, asked, ALL);
  shown = gate.show(told);
});
afterAll(() => engine.stop());

const stretch = (from: number, to: number, state: string, name: string, left: number) => ({
  from: `2026-06-08T${String(from).padStart(2, '0')}:00:00Z`,
  to: `2026-06-08T${String(to).padStart(2, '0')}:00:00Z`,
  state,
  reason:
    left < 0
      ? `${name}: the highest minute is ${-left}% beyond its capacity`
      : `${name}: ${left}% of its capacity is left in the highest minute`,
  tightest: name,
  headroom: expect.closeTo(left / 100, 12),
});

describe('the migration gate', () => {
  it('says go, caution or stop for stretches of hours, by their tightest', () => {
    expect(told.stretches).toEqual([
      stretch(9, 10, 'go', 'CSP North', 50),
      // 20% of South in the first hour, 15% in the second.
      stretch(10, 12, 'caution', 'CSP South', 15),
      // 7.5% of South in the first hour, North is beyond what it takes in the second.
      stretch(12, 14, 'stop', 'CSP North', -10),
      stretch(15, 16, 'caution', 'CSP North', 20),
      stretch(16, 17, 'go', 'CSP North', 25),
    ]);
  });

  it('ends in who should do what, by the last stretch', async () => {
    expect(shown).toMatch('2026-06-08 11:00 to 2026-06-08 13:00  caution  CSP South: 15%');
    expect(shown).toMatch(/\nAs of 2026-06-08 18:00: the DCC can migrate; .*nobody else need act\.\n$/);
    const until = async (hour: number) =>
      gate.show(await gate.answer(store, { ...asked, to: Date.UTC(2026, 5, 8, hour) }, ALL));
    expect(await until(13)).toMatch(
      /\nAs of 2026-06-08 14:00: the DCC should pause migrations until a tenth of CSP South.*stoppable\)\.\n$/,
    );
    expect(await until(12)).toMatch(
      /the DCC should migrate no more than it does until a quarter of CSP South.*\n$/,
    );
  });
});
