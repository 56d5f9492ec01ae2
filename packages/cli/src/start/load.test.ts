import { expect, test } from 'vitest';
import { progressOf } from './load.ts';

const position = {
  version: 1 as const,
  scenario: 'opsg-34',
  scale: 10_000,
  seed: 1,
  weeks: 300,
  cluster: 'c',
  begin: 1000,
  at: 0,
  inventory: 0,
  alerts: 0,
};
const NONE = { alerts: 0, inventory: 0 };

test('before anything is told nobody knows how much there will be', () => {
  expect(progressOf(position, NONE, NONE, 2000)).toEqual({ done: 0, of: Number.POSITIVE_INFINITY });
});

test('half of the time told, twice as many alerts are expected; the devices were told at the beginning', () => {
  const told = { ...position, at: 1500, inventory: 100, alerts: 400 };
  expect(progressOf(told, NONE, { inventory: 100, alerts: 300 }, 2000)).toEqual({ done: 400, of: 900 });
});

test('all of the time told, it is over once all that was told is taken in, but for what was there before', () => {
  const told = { ...position, at: 2000, inventory: 100, alerts: 800 };
  const before = { inventory: 0, alerts: 11 };
  const progress = (alerts: number) => progressOf(told, before, { inventory: 100, alerts }, 2000);
  expect(progress(811)).toEqual({ done: 900, of: 900 });
  expect(progress(810).done).toBeLessThan(progress(810).of);
});
