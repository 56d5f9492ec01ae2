import { expect, test } from 'vitest';
import { LagClock } from './lag-clock.ts';

test('nothing waits where the end is reached', () => {
  const clock = new LagClock();
  expect(clock.secondsBehind(0, 5000)).toBe(0);
  clock.see(100, 5000);
  expect(clock.secondsBehind(100, 60_000)).toBe(0);
});

test('the next record has waited since an end beyond it was first seen', () => {
  const clock = new LagClock();
  clock.see(100, 0);
  clock.see(200, 10_000);
  clock.see(300, 20_000);
  expect(clock.secondsBehind(50, 30_000)).toBe(30);
  expect(clock.secondsBehind(100, 30_000)).toBe(20);
  expect(clock.secondsBehind(299, 30_000)).toBe(10);
  clock.see(300, 40_000);
  expect(clock.secondsBehind(299, 40_000)).toBe(20);
  expect(clock.secondsBehind(300, 40_000)).toBe(0);
  clock.see(301, 50_000);
  expect(clock.secondsBehind(300, 51_000)).toBe(1);
});

test('a log that was made anew counts from then on', () => {
  const clock = new LagClock();
  clock.see(1000, 0);
  clock.see(10, 90_000);
  expect(clock.secondsBehind(0, 100_000)).toBe(10);
});

test('a partition that is never caught up with is remembered to a hundredth', () => {
  const clock = new LagClock();
  for (let i = 1; i <= 100_000; i++) clock.see(i, i * 1000);
  expect(clock.secondsBehind(0, 200_000_000)).toBe(199_999);
  const behind = clock.secondsBehind(50_000, 200_000_000);
  expect(behind).toBeLessThanOrEqual(150_000);
  expect(behind).toBeGreaterThan(149_000);
  expect(clock.secondsBehind(99_999, 200_000_000)).toBe(100_000);
  expect(clock.secondsBehind(100_000, 200_000_000)).toBe(0);
});
