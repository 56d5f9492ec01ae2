import { describe, expect, it } from 'vitest';
import { changeOf, type Heard, ofCode } from './rates.ts';

const heard = (code: string, region: string, hours: number, alerts: number): Heard => ({
  code,
  region,
  hours,
  alerts,
});

describe('a change', () => {
  it('takes each region by the hours in which it was heard', () => {
    // South was missing for half of the period: it went on as in the other half.
    const change = changeOf({
      now: [heard('8F3E', 'North', 48, 200), heard('8F3E', 'South', 24, 100)],
      before: [heard('8F3E', 'North', 48, 200), heard('8F3E', 'South', 48, 200)],
      ends: null,
    });
    expect(change).toEqual({
      ...{ alerts: 300, alertsBefore: 400, aDay: 200, aDayBefore: 200, change: 0, share: 0 },
      ...{ began: null, ended: null, path: null },
    });
  });

  it('is told neither where a region was not heard at all, nor of nothing as a share', () => {
    const dead = changeOf({ now: [heard('8F3E', 'South', 0, 0)], before: [], ends: null });
    expect(dead).toMatchObject({ aDay: null, aDayBefore: 0, change: null, share: null });
    const fresh = changeOf({ now: [heard('8F3E', 'South', 24, 5)], before: [], ends: null });
    expect(fresh).toMatchObject({ change: 5, share: null });
  });

  it('of a code is of its rows alone, from the first week before to the last week', () => {
    const both = (alerts: number) => [heard('8F3E', 'North', 24, alerts), heard('8014', 'North', 24, 1)];
    const periods = { now: both(20), before: both(50), ends: { first: both(60), last: both(15) } };
    expect(changeOf(ofCode(periods, '8F3E'))).toMatchObject({
      change: -30,
      share: -0.6,
      began: 60,
      ended: 15,
      path: -45,
    });
    expect(changeOf(periods)).toMatchObject({ aDay: 21, aDayBefore: 51, path: -45 });
  });
});
