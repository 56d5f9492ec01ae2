import { addDays } from '@tocsin/domain';
import { describe, expect, it } from 'vitest';
import { earliest, forecastOf } from './forecast.ts';
import { growthOf, type LoadDay } from './growth.ts';

/** Days up to 25 August 2026, of each its peak and what was installed, by its number. */
const daysOf = (
  length: number,
  peak: (i: number) => number | null,
  installed: (i: number) => number = () => 0,
): LoadDay[] =>
  Array.from({ length }, (_, i) => ({
    day: addDays('2026-08-25', i - length + 1),
    peak: peak(i),
    installed: installed(i),
  }));

describe('without chance the forecast is exact', () => {
  const forecast = (
    peak: (i: number) => number | null,
    capacity: number,
    installed?: (i: number) => number,
  ) => forecastOf(growthOf(daysOf(56, peak, installed)), capacity);

  it('by time, where nothing is installed', () => {
    // 10 on the first day, 15.5 on the last, a tenth more each day: 20 is there after 45 days.
    expect(forecast((i) => 10 + i / 10, 19.9999)).toEqual({
      state: 'reached',
      at: '2026-10-09',
      low: '2026-10-09',
      high: '2026-10-09',
      model: 'least squares of 56 daily peaks since 2026-07-01 on time and weekday',
    });
  });

  it('by installations, at the rate of the last four weeks', () => {
    // 4 a day for four weeks, 8 a day since: 336 devices make 3.36 above 10; 8 a day more make 0.08.
    const installed = (i: number) => (i < 28 ? 4 : 8);
    const base = (i: number) =>
      Array.from({ length: i + 1 }, (_, n) => installed(n)).reduce((a, b) => a + b, 0);
    const found = forecast((i) => 10 + base(i) / 100, 14.1599, installed);
    expect(found).toMatchObject({
      state: 'reached',
      at: '2026-09-04',
      low: '2026-09-04',
      high: '2026-09-04',
    });
    expect(found!.model).toMatch('on time, devices installed and weekday, with 8 devices a day installed');
  });

  it('by installations alone, where they are as steady as time', () => {
    const found = forecast(
      (i) => 10 + (4 * i) / 100,
      12.5999,
      () => 4,
    );
    expect(found).toMatchObject({ state: 'reached', at: '2026-09-04' });
    expect(found!.model).toMatch('on devices installed and weekday');
  });

  it('over the week, whatever its days are, and with days left out', () => {
    const week = [3, 1, 0, 0, -1, -1, -2];
    const found = forecast((i) => (i % 9 === 4 ? null : 10 + i / 10 + week[i % 7]!), 19.9999);
    expect(found).toMatchObject({
      state: 'reached',
      at: '2026-10-09',
      low: '2026-10-09',
      high: '2026-10-09',
    });
  });

  it('says never where it does not grow, and already where it is there', () => {
    const never = { state: 'never', at: null, low: null, high: null };
    expect(forecast((i) => 10 - i / 10, 20)).toMatchObject(never);
    // Ten years are 3650 days: 365 more.
    expect(forecast((i) => 10 + i / 10, 380.6)).toMatchObject(never);
    const now = { state: 'already', at: '2026-08-25', low: '2026-08-25', high: '2026-08-25' };
    expect(forecast((i) => 10 + i / 10, 15)).toMatchObject(now);
  });
});

it('says nothing with fewer than 28 days, or without one of the weekdays', () => {
  expect(growthOf(daysOf(27, () => 1))).toBeNull();
  expect(growthOf(daysOf(56, (i) => (i < 28 ? null : 1)))).not.toBeNull();
  expect(growthOf(daysOf(56, (i) => (i % 7 === 0 ? null : 1)))).toBeNull();
  expect(forecastOf(null, 1)).toBeNull();
});

it('holds the true day in its interval about as often as it says, where days hang together', () => {
  const covered = Array.from({ length: 200 }, (_, seed) => {
    const next = chance(seed + 1);
    let stray = 0;
    const days = daysOf(56, (i) => {
      stray = 0.4 * stray + 0.4 * (next() + next() + next() - 1.5);
      return 10 + i / 20 + stray;
    });
    // 12.75 on the last day; 15 is there after 45.
    const { low, high } = forecastOf(growthOf(days), 15)!;
    return low !== null && low <= '2026-10-09' && (high === null || high >= '2026-10-09');
  });
  const share = covered.filter(Boolean).length / covered.length;
  expect(share).toBeGreaterThan(0.92);
  expect(share).toBeLessThan(1);
});

/** Numbers from 0 to 1, the same for a seed (mulberry32). */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

it('takes of several components the first, with the bounds of all', () => {
  const one = (component: string, at: string | null, low: string | null, high: string | null) => ({
    component,
    forecast: { state: at === null ? ('never' as const) : ('reached' as const), at, low, high, model: '' },
  });
  expect(
    earliest([
      one('a', null, '2026-09-20', null),
      one('b', '2026-10-01', '2026-09-25', '2026-10-20'),
      one('c', '2026-10-02', '2026-09-01', '2026-10-10'),
      { component: 'd', forecast: null },
    ]),
  ).toEqual({
    ...{
      component: 'b',
      state: 'reached',
      at: '2026-10-01',
      low: '2026-09-01',
      high: '2026-10-10',
      model: '',
    },
  });
  expect(earliest([{ component: 'd', forecast: null }])).toBeNull();
});
