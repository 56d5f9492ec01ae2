import { expect, test } from 'vitest';
import { piecesOf } from './pieces.ts';

const hours = (...rows: number[]) => rows.map((n, i) => ({ hour: i * 3600, rows: n }));

test('hours are read together up to what is read at once, and no hour twice', () => {
  expect(piecesOf(hours(4, 5, 1, 10, 2), 10)).toEqual([
    { from: 0, to: 3 * 3600, share: 0, shares: 1 },
    { from: 3 * 3600, to: 4 * 3600, share: 0, shares: 1 },
    { from: 4 * 3600, to: 5 * 3600, share: 0, shares: 1 },
  ]);
});

test('an hour of more is read in shares', () => {
  expect(piecesOf(hours(3, 25, 3), 10).map(({ from, shares }) => [from / 3600, shares])).toEqual([
    [0, 1],
    [1, 3],
    [1, 3],
    [1, 3],
    [2, 1],
  ]);
  expect(piecesOf(hours(25), 10).map(({ share }) => share)).toEqual([0, 1, 2]);
});

test('hours without rows in between are no piece of their own, and nothing is none', () => {
  expect(
    piecesOf(
      [
        { hour: 0, rows: 1 },
        { hour: 72_000, rows: 1 },
      ],
      10,
    ),
  ).toEqual([{ from: 0, to: 75_600, share: 0, shares: 1 }]);
  expect(piecesOf([], 10)).toEqual([]);
});
