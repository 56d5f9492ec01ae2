import { expect, it } from 'vitest';
import { endOfMonth, lastMonth, momentText, periodBefore } from './period.ts';

const at = (text: string) => Date.parse(text);
const told = ({ from, to }: { from: number; to: number }) => [momentText(from), momentText(to)];

it.each([
  ['2020-07-01T00:00:00+01:00', ['2020-06-01', '2020-07-01']],
  ['2020-06-30T23:59:59+01:00', ['2020-05-01', '2020-06-01']],
  ['2020-01-15T12:00:00Z', ['2019-12-01', '2020-01-01']],
])('at %s the last month in London that is over', (now, month) => {
  expect(told(lastMonth(at(now)))).toEqual(month);
});

it.each([
  // Months of other lengths, over both changes of the clocks.
  ['2020-06-01T00:00+01:00', '2020-07-01T00:00+01:00', '2020-05-01'],
  ['2020-04-01T00:00+01:00', '2020-07-01T00:00+01:00', '2020-01-01'],
  ['2020-11-01T00:00Z', '2020-12-01T00:00Z', '2020-10-01'],
  // As long, where it isn't months.
  ['2020-06-08T00:00+01:00', '2020-06-15T00:00+01:00', '2020-06-01'],
  ['2020-06-08T12:00Z', '2020-06-08T13:00Z', '2020-06-08T11:00:00.000Z'],
])('before %s to %s goes the time since %s', (from, to, before) => {
  expect(momentText(periodBefore({ from: at(from), to: at(to) }))).toBe(before);
});

it.each([
  ['2020-02-29T12:00Z', '2020-03-01'],
  ['2020-12-01T00:00Z', '2021-01-01'],
])('the month of %s ends as %s begins', (from, to) => {
  expect(momentText(endOfMonth(at(from)))).toBe(to);
});
