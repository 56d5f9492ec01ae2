import { expect, test } from 'vitest';
import { worst } from './worst.ts';

test('the worst 10, 100 and 1,000 make a share of all cycles', () => {
  // 2,000 devices of one cycle, but for the first ten of a hundred.
  const counts = Array.from({ length: 1000 }, (_, i) => (i < 10 ? 100 : 1));
  expect(worst(counts, 1000 + 1990)).toEqual([
    { devices: 10, cycles: 1000, share: 1000 / 2990 },
    { devices: 100, cycles: 1090, share: 1090 / 2990 },
    { devices: 1000, cycles: 1990, share: 1990 / 2990 },
  ]);
});

test('of no cycles there is no share', () => {
  expect(worst([0, 0], 0).map(({ share }) => share)).toEqual([null, null, null]);
});
