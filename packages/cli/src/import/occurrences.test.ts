import { expect, it } from 'vitest';
import { createOccurrences } from './occurrences.ts';

it('counts rows that say the same, as far as it remembers', () => {
  const occurrence = createOccurrences(2);
  expect(['a', 'a', 'b', 'a'].map(occurrence)).toEqual([1, 2, 1, 3]);
  // Two others later it still knows a, four others later no more.
  expect(['c', 'd', 'a'].map(occurrence)).toEqual([1, 1, 4]);
  expect(['e', 'f', 'g', 'h', 'a'].map(occurrence)).toEqual([1, 1, 1, 1, 1]);
});
