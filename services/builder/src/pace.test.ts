import { expect, test } from 'vitest';
import { Pace } from './pace.ts';

test('a long build is followed by a rest of its length, many short ones by none', () => {
  const pace = new Pace();
  expect(pace.rests(0)).toBe(false);
  for (let n = 0; n < 100; n++) pace.built(n * 900, n * 900 + 900);
  expect(pace.rests(90_000)).toBe(false);
  pace.built(100_000, 161_000);
  expect(pace.rests(161_000)).toBe(true);
  expect(pace.rests(161_000 + 180_000 - 1)).toBe(true);
  expect(pace.rests(161_000 + 180_000)).toBe(false);
});

test('no rest is longer than five minutes', () => {
  const pace = new Pace();
  pace.built(0, 400_000);
  expect(pace.rests(400_000 + 300_000 - 1)).toBe(true);
  expect(pace.rests(400_000 + 300_000)).toBe(false);
});

test('a short build does not end the rest of a long one', () => {
  const pace = new Pace();
  pace.built(0, 11_000);
  pace.built(11_000, 11_500);
  expect(pace.rests(40_000)).toBe(true);
  expect(pace.rests(41_000)).toBe(false);
});
