import { ALL, QUESTIONS } from '@tocsin/answers';
import type { Store } from '@tocsin/clickhouse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Engine, startEngine } from '../support/fresh-store.ts';
import { type FedMessage, feedBlocks, HOUR, insertRows } from '../support/store-feed.ts';

// Six weeks from Monday 2 February 2026, an hour of alerts a day, from noon. In the first minute North has 60 alerts, each
// day one more, 30 of them of 8F3E; five minutes later South has 60, but for a day on which it is not heard of.
const FIRST = Date.UTC(2026, 1, 2) / 1000;
const DAY = 24 * HOUR;
const DAYS = 42;
const UNHEARD = 30;
const noon = (day: number) => FIRST + day * DAY + 12 * HOUR;
const dayText = (day: number) => new Date((FIRST + day * DAY) * 1000).toISOString().slice(0, 10);
const PERIOD = { from: dayText(0), to: dayText(DAYS) };

function messages(): FedMessage[] {
  const north = { attributes: { region: 'North' }, device: 1 };
  const south = { attributes: { region: 'South' }, device: 2 };
  return Array.from({ length: DAYS }, (_, day) => [
    { ...north, receivedAt: noon(day), code: '8014', alerts: 30 + day },
    { ...north, receivedAt: noon(day) + 59, code: '8F3E', alerts: 30 },
    ...Array.from({ length: day === UNHEARD ? 0 : 60 }, (_, i) => ({
      ...{ ...south, receivedAt: noon(day) + 300 + i, code: '8014', alerts: 1 },
    })),
  ])
    .flat()
    .map((message, offset) => ({ ...message, offset }));
}

const component = (id: string, regions: string[], unit: string, capacity: number, from = '2019-01-01') => ({
  ...{ version: 'v', component: id, name: `Component ${id}`, regions, unit, capacity, source: 'a test' },
  holds_from: `${from} 00:00:00`,
});

const COMPONENTS = [
  component('north', ['North'], 'alerts/s', 2.4999),
  component('south', ['South'], 'alerts/s', 1.25),
  component('all', [], 'alerts/s', 10),
  component('slots', ['North'], 'requests', 2),
  component('slots', ['North'], 'requests', 4, dayText(15)),
];

let told = 0;
const event = (at: string, device: number, what: object) => ({
  ...{ stream: 'cluster/inventory/1', partition: 0, offset: told++, planned_at: '2026-05-01 00:00:00' },
  ...{ recorded_at: `${at}:00`, effective_at: `${at}:00`, device: String(device).padStart(16, '0') },
  ...{ source: 'inventory', version: '', phase: '', reason: '', region: null, kind: null },
  ...what,
});
const downloaded = { event: 'firmware-downloaded', version: '2.0' };
const failed = { event: 'firmware-failed', phase: 'download', version: '2.0' };

const HISTORY = [
  // One device a day in North.
  ...Array.from({ length: DAYS }, (_, day) =>
    event(`${dayText(day)} 10:00`, 100 + day, { event: 'installed', region: 'North', kind: 'ESME' }),
  ),
  ...[1, 3, 4, 5].map((device) =>
    event('2025-06-01 00:00', device, { event: 'installed', region: 'North', kind: 'ESME' }),
  ),
  event('2025-06-01 00:00', 2, { event: 'installed', region: 'South', kind: 'ESME' }),
  ...[1, 3, 4].map((device) => event(`${dayText(10)} 03:10`, device, downloaded)),
  // Told of by both: once.
  event(`${dayText(10)} 03:40`, 5, failed),
  event(`${dayText(10)} 04:10`, 5, { ...failed, source: 'device', version: '' }),
  event(`${dayText(10)} 03:10`, 2, downloaded),
  // The device's word alone, and after the slots were made more.
  event(`${dayText(20)} 05:00`, 5, { ...downloaded, source: 'device' }),
];

let engine: Engine;
let store: Store;
// biome-ignore lint/suspicious/noExplicitAny: as below
let base: any;

beforeAll(async () => {
  engine = await startEngine();
  store = await engine.freshStore();
  const accepted = messages();
  await feedBlocks(store, {
    ...{ partition: 0, first: 0, last: 9999, rejected: [], duplicates: 0 },
    accepted,
  });
  await insertRows(store, 'components', COMPONENTS);
  await insertRows(store, 'registry_versions', [{ version: 'v' }]);
  await insertRows(store, 'device_history', HISTORY);
  base = await ask();
});
afterAll(() => engine.stop());

// biome-ignore lint/suspicious/noExplicitAny: what is told is held to its schema by answers.test.ts
async function ask(given: Record<string, string> = {}): Promise<any> {
  const one = QUESTIONS.find(({ name }) => name === 'capacity')!;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  const answer = (await one.answer(store, one.asked.parse({ ...PERIOD, ...given }), ALL)) as any;
  return { ...answer, shown: one.show(answer), of: byName(answer), whatIfOf: byName(answer.whatIf) };
}

// biome-ignore lint/suspicious/noExplicitAny: as above
const byName = (told: any) =>
  // biome-ignore lint/suspicious/noExplicitAny: as above
  Object.fromEntries((told?.components ?? []).map((one: any) => [one.component, one]));

describe('what the components take', () => {
  it('has the highest minute of each, by London day, against the capacity', () => {
    const { of } = base;
    expect(Object.keys(of)).toEqual(['all', 'north', 'slots', 'south']);
    const last = { at: `${dayText(41)}T12:00:00Z`, load: 101 / 60 };
    expect(of.north).toMatchObject({ unit: 'alerts/s', capacity: 2.4999, peak: last });
    expect(of.north.headroom).toBeCloseTo(1 - 101 / 60 / 2.4999, 12);
    expect(of.north.days.map(({ day, peak }: { day: string; peak: number }) => [day, peak])).toEqual(
      Array.from({ length: DAYS }, (_, day) => [dayText(day), (60 + day) / 60]),
    );
    expect(of.all.peak).toEqual(last);
    expect(of.south).toMatchObject({ peak: { at: `${dayText(0)}T12:05:00Z`, load: 1 } });
    expect(of.south.headroom).toBeCloseTo(0.2, 12);
    expect(of.south.days[UNHEARD]).toMatchObject({ peak: 0, headroom: 1 });
  });

  it('leaves days out on which a region of the component was not heard of', () => {
    const { of } = base;
    const left = (id: string) =>
      of[id].days
        .filter((one: { complete: boolean }) => !one.complete)
        .map(({ day }: { day: string }) => day);
    expect([left('north'), left('south'), left('all')]).toEqual([[], [dayText(UNHEARD)], [dayText(UNHEARD)]]);
    expect(of.north.forecast.model).toMatch(`least squares of 42 daily peaks since ${dayText(0)}`);
    expect(of.all.forecast.model).toMatch('least squares of 41 daily peaks');
  });

  it('says when each is reached, by installations where there are any, and which is first', () => {
    const { of, endToEnd, shown } = base;
    // 2.4999 is reached with 90 alerts above the 60: 49 days after the last, 90 days after the first.
    const reached = { state: 'reached', at: dayText(90), low: dayText(90), high: dayText(90) };
    expect(of.north.forecast).toMatchObject(reached);
    expect(of.north.forecast.model).toMatch('on devices installed and weekday, with 1 devices a day');
    expect(of.south.forecast).toMatchObject({ state: 'never', at: null, high: null });
    expect(of.slots.forecast).toBeNull();
    expect(endToEnd.component).toBe('south');
    expect(endToEnd.headroom).toBe(of.south.headroom);
    expect(endToEnd.forecast).toMatchObject({ ...reached, component: 'north' });
    expect(shown).toMatch('End to end: south is the tightest, 20% left; the first used up is north');
  });

  it('is end to end by day what the tightest is, as capacity_peaks has it', async () => {
    const { endToEnd } = base;
    const rows = await store.rows<{ day: string; headroom: number }>(
      `SELECT toString(toDate(hour, 'Europe/London')) AS day, min(peak.headroom) AS headroom
       FROM capacity_peaks(from = {from:String}, to = {to:String}) AS peak
       WHERE component = 'end-to-end' GROUP BY day ORDER BY day`,
      { from: `${PERIOD.from} 00:00:00`, to: `${PERIOD.to} 00:00:00` },
    );
    expect(endToEnd.days.map(({ day, headroom }: (typeof rows)[number]) => ({ day, headroom }))).toEqual(
      rows,
    );
    // From the 16th day on North is tighter than the 20% of South.
    expect(endToEnd.days[UNHEARD]).toMatchObject({ component: 'north', complete: false });
  });

  it('takes the growth from the day that is asked for', async () => {
    const { of } = await ask({ growthSince: dayText(10) });
    expect(of.north.forecast.model).toMatch(`least squares of 32 daily peaks since ${dayText(10)}`);
    expect((await ask({ growthSince: dayText(20) })).of.north.forecast).toBeNull();
  });
});

describe('slots for firmware', () => {
  it('counts downloads that ended, each once, against the slots that there were', () => {
    const { of, slots } = base;
    expect(slots).toEqual([{ component: 'slots', slots: 2, ended: 5, failed: 1, hoursToFill: 0.5 }]);
    expect(of.slots).toMatchObject({ unit: 'requests', capacity: 4, headroom: -1 });
    expect(of.slots.days).toEqual([
      { day: dayText(10), peak: 4, headroom: -1, complete: true },
      { day: dayText(20), peak: 1, headroom: 0.75, complete: true },
    ]);
  });
});

describe('what if', () => {
  it('a component took more', async () => {
    const { whatIf, whatIfOf, of, shown } = await ask({ raise: 'north=5,slots=8' });
    expect(shown).toMatch(/\nIf it were so, somebody would still have to act on .*south.*\.\n$/i);
    expect(whatIf.raised).toEqual([
      { component: 'north', from: 2.4999, to: 5 },
      { component: 'slots', from: 4, to: 8 },
    ]);
    expect(whatIfOf.north.headroom).toBeCloseTo(1 - 101 / 60 / 5, 12);
    expect(whatIfOf.slots.headroom).toBe(0.5);
    // (60 + day) / 60 is 5 on the 240th day.
    expect(whatIfOf.north.forecast).toMatchObject({ state: 'reached' });
    expect(Math.abs(Date.parse(whatIfOf.north.forecast.at) / 1000 - FIRST - 240 * DAY)).toBeLessThanOrEqual(
      DAY,
    );
    expect(whatIfOf.south).toEqual(of.south);
  });

  it('a code did not come: its share of the hour goes', async () => {
    const { whatIf, whatIfOf, of } = await ask({ without: '8F3E' });
    expect(whatIf).toMatchObject({ raised: [], without: ['8F3E'] });
    const loads = (id: string) => whatIfOf[id].days.map(({ peak }: { peak: number }) => peak);
    for (const [day, load] of loads('north').entries()) expect(load).toBeCloseTo((30 + day) / 60, 12);
    // South is part of the hour of all, but for the day on which it was not heard of.
    for (const [day, load] of loads('all').entries())
      expect(load).toBeCloseTo(day === UNHEARD ? 1 : (((60 + day) / 60) * (90 + day)) / (120 + day), 12);
    expect(whatIfOf.south).toEqual(of.south);
  });

  it('refuses a component that nobody knows, by name', async () => {
    await expect(ask({ raise: 'nowhere=4' })).rejects.toThrow(
      'raise nowhere: no such component: expected one of all, north, slots, south',
    );
  });
});
