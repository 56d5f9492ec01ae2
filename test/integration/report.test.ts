import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Store } from '@tocsin/clickhouse';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Engine, startEngine } from '../support/fresh-store.ts';
import { feedReportWorld } from '../support/report-world.ts';
import { tocsin } from '../support/service.ts';
import { feedBlocks, HOUR, makeBlock } from '../support/store-feed.ts';

// Every expected value is worked out by hand from test/support/report-world.ts.

interface Measure {
  id: string;
  kind: string;
  value: number | string | null;
  low?: number;
  high?: number;
  n?: number;
  absent?: string;
}

interface Figure {
  id: string;
  window: string;
  measures: Measure[];
  table?: { columns: string[]; rows: (string | number | null)[][] };
  notes: string[];
}

interface Measured {
  weeks: number;
  period: { first: string; last: string };
  figures: Figure[];
}

/** At which the world by hand falls by as much as the minutes say. */
const SCALE = 160_000;

let engine: Engine;
let folder: string;
let world: Store;
/** Of other worlds. */
let other: Store;
/** Of the world, beside what is true of it; and what was measured alone. */
let told: Awaited<ReturnType<typeof report>>;
let printed: string;
let measured: Measured;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tocsin-report-'));
  engine = await startEngine();
  world = await engine.freshStore();
  other = await engine.freshStore();
  await feedReportWorld(world, { withPilot: true, nonUsers: 200, users: 275 });
  told = await report(world, ['--json', '--compare', await truthFile('true.json', TRUE)]);
  printed = told.stdout.slice(0, told.stdout.indexOf('\n') + 1);
  measured = JSON.parse(printed);
});
afterAll(async () => {
  await engine.stop();
  await rm(folder, { recursive: true, force: true });
});

beforeEach(() => engine.empty(other));

const report = (store: Store, args: readonly string[]) =>
  tocsin(['report', 'opsg-34', ...args], { CLICKHOUSE_URL: engine.url, CLICKHOUSE_DATABASE: store.database });

const figureOf = ({ figures }: Measured, id: string) => figures.find((one) => one.id === id)!;
const measureOf = (of: Measured, id: string) =>
  of.figures.flatMap(({ measures }) => measures).find((one) => one.id === id)!;
const values = (figure: string) =>
  Object.fromEntries(
    figureOf(measured, figure).measures.map(({ id, value }) => [id.slice(figure.length + 1), value]),
  );

async function truthFile(name: string, report: Record<string, number | string | null>): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, JSON.stringify({ scenario: 'by hand', scale: SCALE, report }));
  return file;
}

/** What is true of the world by hand. */
const TRUE = {
  'unauthorised-access.fall': 636,
  'unauthorised-access.firmware': 160,
  'power-factor.unstoppable-share': 0.45,
  'installations.ratio': 0.42,
  'pilot.silent-hubs': 2,
  'highest-days.1.day': '2020-06-30',
};

describe('measured', () => {
  test('the fall of 8F3E, and whose it is', () => {
    // The control falls to a half, so firmware's 2,800 would have become 1,400 and are 280, the users' 1,400 are none.
    expect(values('unauthorised-access')).toEqual({
      before: 760,
      after: 124,
      fall: 636,
      firmware: 160,
      users: 100,
      together: 260,
      control: -0.5,
      new: 3,
    });
    const firmware = measureOf(measured, 'unauthorised-access.firmware');
    expect(firmware).toMatchObject({ kind: 'estimate', low: 160, high: 160, n: 40 });
    expect(measureOf(measured, 'unauthorised-access.fall').n).toBe(122);
    expect(figureOf(measured, 'unauthorised-access').window).toContain('2020-06-23 to 2020-06-29');
  });

  test('the fall of 8F12 in the pilot, and its silent hubs', () => {
    const found = values('pilot');
    expect(found).toMatchObject({
      hubs: 40,
      'control-hubs': 40,
      'silent-hubs': 2,
      'silent-share': 0.05,
      'control-silent-hubs': 0,
      'control-silent-share': 0,
    });
    // Changes a hub: 37 of 10 − 2, and 3 of 10 − 0 that say no 8F12 any more; of the control 10 − 9.
    expect(found.fall).toBeCloseTo(((37 * 8 + 3 * 10) / 40 - 1) * 40, 4);
    expect(found['before-after']).toBeCloseTo(((37 * 8 + 3 * 10) / 40) * 40, 4);
    // Two of the three are silent; the third's meter is still heard of.
    expect(found['fall-speaking']).toBeCloseTo(((37 * 8 + 10) / 38 - 1) * 40, 4);
    // Σ(change − mean)² = 37·0.15² + 3·1.85² = 11.1; Student's quantile of 39 degrees is 2.0226909.
    const half = 2.0226909 * Math.sqrt(11.1 / 39 / 40) * 40;
    const { low, high } = measureOf(measured, 'pilot.fall');
    expect((high! - low!) / 2).toBeCloseTo(half, 3);
  });

  test('installations after the lockdown, and 8F12 beside them', () => {
    expect(values('installations')).toMatchObject({
      before: 50,
      after: 21,
      ratio: 0.42,
      'alerts-after': 100,
    });
    expect(values('installations')['alerts-ratio']).toBeCloseTo(0.4375, 12);
    expect(measureOf(measured, 'installations.ratio').n).toBe(2597);
  });

  test('what of 8014 and 8015 nobody can stop, as corrected, and what waits on firmware', () => {
    expect(values('power-factor')).toEqual({
      alerts: 1000,
      'unstoppable-alerts': 450,
      'unstoppable-share': 0.45,
      'reason.not-a-dcc-user.alerts': 400,
      'reason.not-a-dcc-user.share': 0.4,
      'reason.no-party.alerts': 50,
      'reason.no-party.share': 0.05,
      'party.idno-03.alerts': 400,
      'party.idno-03.share': 0.4,
      'party.none.alerts': 50,
      'party.none.share': 0.05,
      'waiting-alerts': 300,
      'waiting-share': 0.3,
      'remedy.released.alerts': 200,
      'remedy.released.share': 0.2,
      'remedy.han-unstable.alerts': 100,
      'remedy.han-unstable.share': 0.1,
    });
    expect(measureOf(measured, 'power-factor.unstoppable-share').n).toBe(210);
  });

  test('a day on which a region was not heard of is left out, and said', () => {
    expect(figureOf(measured, 'power-factor').window).toContain('left out for gaps of the feed: 2020-07-08');
  });

  test('devices with wrong or missing credentials, one of them both', () => {
    expect(values('credentials')).toEqual({
      devices: 13,
      alerts: 78,
      'alerts-a-day': 78 / 30,
      'mismatch-devices': 4,
      'mismatch-alerts': 28,
      'mismatch-alerts-a-day': 28 / 30,
      'none-devices': 10,
      'none-alerts': 50,
      'none-alerts-a-day': 50 / 30,
    });
  });

  test('the highest days, and what made them', () => {
    expect(values('highest-days')).toEqual({
      median: 80,
      '1.day': '2020-06-30',
      '1.alerts': 40_000,
      '2.day': '2020-03-01',
      '2.alerts': 11_280,
      '3.day': '2020-03-24',
      '3.alerts': 7378,
    });
    expect(figureOf(measured, 'highest-days').table!.rows.slice(0, 2)).toEqual([
      ['2020-06-30', '8F3E × csp-south × WNC CS-1', 40_000, 40_000, 40_000 / 39_920],
      ['2020-03-01', '8F12 × csp-south × WNC CS-2', 11_200, 11_200, 1],
    ]);
  });

  test('who could stop what now, the largest saving first; what is protected is not among it', () => {
    expect(values('stoppable-now')).toEqual({ alerts: 240 / 7, stoppable: 17, share: 119 / 240 });
    expect(measureOf(measured, 'stoppable-now.stoppable').n).toBe(12);
    expect(figureOf(measured, 'stoppable-now').table!.rows).toEqual([
      ['dno-02', 'switching 8002 off (Service Request 6.22)', '8002', 'Average voltage too high', 7, 10],
      ['csp-south', 'released firmware 1.11.2 for WNC CS-1', '8F3E', 'not in the catalogue', 5, 5],
      ['sup-01', 'released firmware for Kestrel KM-200', '81C6', 'not in the catalogue', 2, 2],
      ['sup-01', 'switching 81C6 off (Service Request 6.22)', '81C6', 'not in the catalogue', 2, 2],
    ]);
    expect(figureOf(measured, 'stoppable-now').window).toContain('2020-07-25 to 2020-07-31');
  });

  test('for a person: numbers with units, intervals and n; what the truth has and nobody measures disagrees', async () => {
    const more = await truthFile('more.json', { ...TRUE, 'unheard.of': 1 });
    const { code, stdout } = await report(world, ['--compare', more]);
    expect(code).toBe(1);
    expect(stdout).toContain('unheard.of: in the truth, but not measured');
    const [figures] = stdout.split('Against the truth') as [string, string];
    for (const text of [
      /firmware's share +160 +alerts\/day +160 to 160 +40\n/,
      /unstoppable +450 +alerts +45\.0% +\S+ to \S+ +210\n/,
      /unstoppable: its party is no DCC User +400 +alerts +40\.0%\n/,
      /waiting: firmware is released +200 +alerts +20\.0%\n/,
      /second highest day +2020-03-01\n/,
      /8F3E {5}Unauthorised Communication Access attempted/,
      /hubs that fell silent +2 +hubs +5\.0% +1\.4% to 16\.5% +40\n/,
      /dno-02/,
    ])
      expect(figures).toMatch(text);
    expect(Math.max(...figures.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(120);
  });
});

describe('compared', () => {
  const verdicts = (stdout: string) => {
    const { compared } = JSON.parse(stdout.split('\n')[1]!) as {
      compared: { measure: string; truth?: { verdict: string }; minutes?: { verdict: string } }[];
    };
    return new Map(
      compared.map(({ measure, truth, minutes }) => [
        measure,
        { truth: truth?.verdict, minutes: minutes?.verdict },
      ]),
    );
  };

  test('with what is true it agrees, and the minutes are divided by the scale', () => {
    expect(told.stderr).toBe('');
    const found = verdicts(told.stdout);
    for (const id of Object.keys(TRUE)) expect([id, found.get(id)!.truth]).toEqual([id, 'agrees']);
    expect(found.get('unauthorised-access.together')!.minutes).toBe('agrees');
    expect(found.get('pilot.fall')!.minutes).toBe('does not agree');
  });

  test('what was measured is the same, byte for byte, with a true, a false and without a truth, at any scale', async () => {
    const lies = await truthFile('false.json', { ...TRUE, 'unauthorised-access.fall': 637 });
    const args = ['--json', '--compare', lies, '--scale', '1000'];
    const { code, stdout, stderr } = await report(world, args);
    expect(stdout.slice(0, stdout.indexOf('\n') + 1)).toBe(printed);
    expect(code).toBe(1);
    expect(verdicts(stdout).get('unauthorised-access.fall')!.truth).toBe('does not agree');
    // Another scale than that of the truth is taken, and warned of.
    expect(verdicts(stdout).get('unauthorised-access.together')!.minutes).toBe('does not agree');
    expect(stderr).toContain(`divided by 1000, but ${lies} is of 1:160000`);
    const gone = await report(world, ['--json', '--compare', join(folder, 'gone.json')]);
    expect(gone.stdout).toBe(printed);
    expect(gone.code).toBe(2);
    expect(gone.stderr).toContain('gone.json');
  });

  test('a truth that is none is refused, naming the field', async () => {
    const file = join(folder, 'odd.json');
    await writeFile(file, '{"report": {"pilot.fall": ["much"]}}');
    const { code, stderr } = await report(world, ['--compare', file]);
    expect(code).toBe(2);
    expect(stderr).toContain('report.pilot.fall');
  });
});

test('no pilot is reported as none, another share as that, and neither agrees with the minutes', async () => {
  await feedReportWorld(other, { withPilot: false, nonUsers: 160, users: 315 });
  const truth = await truthFile('no-pilot.json', {
    'pilot.hubs': 0,
    'pilot.fall': null,
    'pilot.silent-share': null,
  });
  const { code, stdout } = await report(other, ['--compare', truth]);
  expect(code).toBe(1);
  expect(stdout).toContain('none: no hub was activated');
  const [, comparison] = stdout.split('Against the truth') as [string, string];
  expect(Math.max(...comparison.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(120);
  // What disagrees comes first.
  const [first] = comparison.split('\n\n') as [string];
  for (const text of [
    /pilot\.fall: none measured, about 500,000 a day by the minutes: does not agree with the minutes/,
    /power-factor\.unstoppable-share: 37\.0% measured, 45% by the minutes: does not agree with the minutes/,
  ])
    expect(first).toMatch(text);
  expect(comparison).toMatch(/\n {2}fall +none +none +agrees +about 500,000 a day +DOES NOT AGREE\n/);
});

test('an empty store is measured as empty', async () => {
  const { code, stdout } = await report(other, ['--json']);
  expect(code).toBe(0);
  const empty = JSON.parse(stdout) as Measured;
  for (const id of ['unauthorised-access.fall', 'pilot.hubs', 'power-factor.unstoppable-share'])
    expect(measureOf(empty, id)).toMatchObject({ value: null, absent: 'the store is empty' });
  expect(figureOf(empty, 'stoppable-now').notes).toEqual(['none: the store is empty']);
});

test('the period can be cut; one that ends before it begins is wrong usage', async () => {
  const { stdout } = await report(world, ['--json', '--to', '2020-06-10']);
  const cut = JSON.parse(stdout) as Measured;
  expect(cut.period.last).toBe('2020-06-10');
  expect(measureOf(cut, 'unauthorised-access.fall').value).toBeNull();
  expect(measureOf(cut, 'power-factor.alerts')).toMatchObject({
    value: null,
    outside: true,
    absent: 'the store has 2020-02-01 to 2020-04-28 only',
  });
  expect(measureOf(cut, 'pilot.hubs').value).toBe(40);
  expect(measureOf(cut, 'highest-days.1.day').value).toBe('2020-03-01');
  const { code, stderr } = await report(world, ['--from', '2020-08-01']);
  expect(code).toBe(2);
  expect(stderr).toContain('begins on 2020-08-01');
});

test('a store that begins after the period is of a later calendar, by whole weeks', async () => {
  const at = Date.UTC(2026, 4, 30, 12) / 1000;
  await feedBlocks(other, makeBlock(0, 0, [at, at + 24 * HOUR], 20));
  const { stdout } = await report(other, ['--json']);
  const moved = JSON.parse(stdout) as Measured;
  // 30 May 2026 is a Saturday as is 1 February 2020.
  expect(moved).toMatchObject({ weeks: 330, period: { first: '2026-05-30', last: '2026-11-27' } });
  expect(figureOf(moved, 'stoppable-now').window).toContain('to 2026-05-30');
  const given = await report(other, ['--json', '--shift-weeks', '329']);
  expect((JSON.parse(given.stdout) as Measured).period.first).toBe('2026-05-23');
});

test('figures of single devices are refused where their days are there as counts alone; sums are told all the same', async () => {
  // The last of what is asked of this world.
  await world.command(
    `INSERT INTO sealed_versions (target, bucket, version) VALUES ('rollup_hours', '2020-07-30 03:00:00', generateUUIDv4())`,
  );
  const { stdout } = await report(world, ['--json']);
  const left = JSON.parse(stdout) as Measured;
  // The sealed day ends at one in the morning in London.
  const absent = 'alerts are kept one by one from 2020-08-01 on, before it as counts alone';
  for (const id of ['unauthorised-access.fall', 'pilot.hubs'])
    expect(measureOf(left, id)).toMatchObject({ value: null, absent, outside: true });
  const { low: _, high: __, n: ___, ...share } = measureOf(measured, 'power-factor.unstoppable-share');
  expect(measureOf(left, 'power-factor.unstoppable-share')).toEqual(share);
  expect(figureOf(left, 'power-factor').notes).toEqual([`no interval: ${absent}`]);
  expect(figureOf(left, 'highest-days')).toEqual(figureOf(measured, 'highest-days'));
});
