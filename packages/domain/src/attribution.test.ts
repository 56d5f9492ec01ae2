import { expect, test } from 'vitest';
import { attributionTime, isClockSuspect } from './attribution.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const RECEIVED = Date.UTC(2020, 6, 7);
const BOUNDS = { behind: 7 * DAY, ahead: HOUR };

test.each([
  ['on time', RECEIVED - 1000, RECEIVED - 1000, false],
  ['late', RECEIVED - 3 * DAY, RECEIVED - 3 * DAY, false],
  ['as late as the bound', RECEIVED - 7 * DAY, RECEIVED - 7 * DAY, false],
  ['later', RECEIVED - 7 * DAY - 1, RECEIVED, true],
  ['from a clock a little ahead', RECEIVED + HOUR, RECEIVED + HOUR, false],
  ['from a clock that is ahead', RECEIVED + HOUR + 1, RECEIVED, true],
  ['from another century', Date.UTC(1999, 0, 1), RECEIVED, true],
  ['without a time', Number.NaN, RECEIVED, false],
])('an alert %s', (_, raisedAt, at, suspect) => {
  const times = { raisedAt, receivedAt: RECEIVED };
  expect(attributionTime(times, BOUNDS)).toBe(at);
  expect(isClockSuspect(times, BOUNDS)).toBe(suspect);
});
