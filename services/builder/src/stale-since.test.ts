import { expect, test } from 'vitest';
import { StaleSince } from './stale-since.ts';

test('the bucket counts that has been stale for longest without a break', () => {
  const since = new StaleSince();
  expect(since.look([], 1000)).toBe(0);
  expect(since.look(['a'], 2000)).toBe(0);
  expect(since.look(['a', 'b'], 5000)).toBe(3);
  expect(since.look(['b'], 6000)).toBe(1);
  // Built, and stale again by a late alert.
  expect(since.look([], 7000)).toBe(0);
  expect(since.look(['b'], 8000)).toBe(0);
});

test('a year of hours', () => {
  const since = new StaleSince();
  const hours = Array.from({ length: 200_000 }, (_, i) => String(i));
  since.look(hours, 0);
  expect(since.look(hours, 60_000)).toBe(60);
});
