import { expect, test } from 'vitest';
import { together } from './spans.ts';

const days = (...counts: [string, number][]) => counts.map(([span, messages]) => ({ span, messages }));

test('days one after another are taken together up to a million messages', () => {
  const few = days(
    ['2020-07-01', 400_000],
    ['2020-07-02', 600_000],
    ['2020-07-03', 1],
    ['2020-07-04', 3_000_000],
  );
  expect(together(few)).toEqual([
    { first: '2020-07-01', last: '2020-07-02' },
    { first: '2020-07-03', last: '2020-07-03' },
    { first: '2020-07-04', last: '2020-07-04' },
  ]);
});

test('a day that is left out stays out', () => {
  expect(together(days(['2020-07-01', 1], ['2020-07-03', 1]))).toHaveLength(2);
  expect(together(days(['2020-01-01', 1], ['2020-02-01', 1], ['2020-04-01', 1]), true)).toEqual([
    { first: '2020-01-01', last: '2020-02-01' },
    { first: '2020-04-01', last: '2020-04-01' },
  ]);
});
