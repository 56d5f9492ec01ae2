import { expect, test } from 'vitest';
import { countHans, type Hans } from './count-hans.ts';

const hans = (of: Partial<Hans>): Hans => ({
  region: 'South',
  model: 'CS-1',
  meter: 'KM-200',
  supplier: 'sup-01',
  stable: 0,
  unstable: 0,
  unknown: 0,
  blocked: 0,
  reported: 0,
  silent: 0,
  rejoining: 0,
  ...of,
});

test('HANs add up by each dimension; the share is of those that are known', () => {
  const told = countHans([
    hans({ stable: 20, unknown: 7 }),
    hans({ region: 'North', stable: 9, unstable: 1, reported: 1, blocked: 1 }),
    hans({ model: 'CS-2', stable: 20 }),
  ]);
  // Wilson's interval for 1 of 50.
  expect(told.all).toMatchObject({ stable: 49, unstable: 1, unknown: 7, reported: 1, blocked: 1 });
  expect(told.all.share!.value).toBe(0.02);
  expect(told.all.share!.low).toBeCloseTo(0.0035, 4);
  expect(told.all.share!.high).toBeCloseTo(0.105, 4);
  expect(told.by.map(({ dimension, value, stable }) => [dimension, value, stable])).toEqual([
    ['region', 'North', 9],
    ['region', 'South', 40],
    ['model', 'CS-1', 29],
    ['model', 'CS-2', 20],
    ['meter', 'KM-200', 49],
    ['supplier', 'sup-01', 49],
  ]);
});

test('of HANs that nobody knows of there is no share', () => {
  expect(countHans([hans({ unknown: 3 })]).all).toMatchObject({ unknown: 3, share: null });
});
