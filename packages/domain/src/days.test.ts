import { expect, test } from 'vitest';
import { addDays, dayOf, daysBetween, daysOf, laterByDays, startOf } from './days.ts';

test.each([
  ['2020-03-28', '2020-03-28T00:00:00Z'],
  ['2020-03-29', '2020-03-29T00:00:00Z'],
  ['2020-03-30', '2020-03-29T23:00:00Z'],
  ['2020-07-01', '2020-06-30T23:00:00Z'],
  ['2020-10-25', '2020-10-24T23:00:00Z'],
  ['2020-10-26', '2020-10-26T00:00:00Z'],
])('%s begins in London at %s', (day, at) => {
  expect(new Date(startOf(day)).toISOString()).toBe(at.replace('Z', '.000Z'));
  expect(dayOf(startOf(day))).toBe(day);
  expect(dayOf(startOf(day) - 1)).toBe(addDays(day, -1));
});

test('days are counted over the change of the clocks', () => {
  expect(daysBetween('2020-03-28', '2020-03-31')).toBe(3);
  expect(daysBetween('2020-03-31', '2020-03-28')).toBe(-3);
  expect(daysOf({ first: '2020-02-28', last: '2020-03-01' })).toEqual([
    '2020-02-28',
    '2020-02-29',
    '2020-03-01',
  ]);
  expect(daysOf({ first: '2020-03-01', last: '2020-02-29' })).toEqual([]);
});

test.each([
  ['in the same half of the year', '2020-05-03T23:00:00Z', 14, '2020-05-17T23:00:00Z'],
  ['from winter into summer', '2020-03-02T00:00:00Z', 35, '2020-04-05T23:00:00Z'],
  ['from summer into winter', '2020-07-12T23:00:00Z', 112, '2020-11-02T00:00:00Z'],
  ['back from winter into summer', '2020-11-02T00:00:00Z', -112, '2020-07-12T23:00:00Z'],
  ['into the hour that is skipped', '2020-03-28T01:30:00Z', 1, '2020-03-29T01:30:00Z'],
  ['into the hour that comes twice', '2020-10-24T00:30:00Z', 1, '2020-10-25T00:30:00Z'],
])('the same time on the clock some days later, %s', (_, at, days, later) => {
  expect(new Date(laterByDays(Date.parse(at), days)).toISOString()).toBe(later.replace('Z', '.000Z'));
});
