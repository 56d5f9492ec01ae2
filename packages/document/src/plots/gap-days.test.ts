import { expect, it } from 'vitest';
import { gapDays, shadedPlaces } from './gap-days.ts';

const DAYS = ['2020-06-01', '2020-06-02', '2020-06-03', '2020-06-04'];
const gap = (from: string, to: string) => ({ region: 'South', from, to });

it('days are London’s, those that a gap touches', () => {
  expect([...gapDays([gap('2020-06-01T22:00:00Z', '2020-06-02T23:00:00Z')])]).toEqual([
    '2020-06-01',
    '2020-06-02',
  ]);
  expect([...gapDays([gap('2020-06-01T23:00:00Z', '2020-06-02T22:00:00Z')])]).toEqual(['2020-06-02']);
});

it('days one after another are one stretch', () => {
  expect(shadedPlaces(DAYS, new Set(['2020-06-01', '2020-06-02', '2020-06-04']))).toEqual([
    [0, 1],
    [3, 3],
  ]);
  expect(shadedPlaces(DAYS, new Set())).toEqual([]);
});

it('a week is shaded for any of its days', () => {
  expect(shadedPlaces(['2020-06-01', '2020-06-08'], new Set(['2020-06-10']), 7)).toEqual([[1, 1]]);
});
