import { expect, test } from 'vitest';
import { createCalendar, HOUR_MS, londonHour } from './calendar.ts';

const UP_TO_23 = Array.from({ length: 24 }, (_, hour) => hour);

test.each([
  ['forward', '2020-03-28', '2020-03-30', [0, 24, 47, 71], [0, ...UP_TO_23.slice(2)]],
  ['back', '2020-10-24', '2020-10-26', [0, 24, 49, 73], [0, 1, ...UP_TO_23.slice(1)]],
])('over the day on which clocks go %s hours are those of London', (_, first, last, firstHours, hours) => {
  const { days, begin, firstHour, hourOfDay, weekday, dayOf, ...calendar } = createCalendar(first, last);
  expect([days, calendar.hours]).toEqual([3, firstHours[3]]);
  expect([...firstHour]).toEqual(firstHours);
  const of = (day: number, values: Uint8Array | Uint16Array) =>
    [...values].slice(firstHours[day], firstHours[day + 1]);
  expect(of(0, hourOfDay)).toEqual(UP_TO_23);
  expect(of(1, hourOfDay)).toEqual(hours);
  expect(of(2, hourOfDay)).toEqual(UP_TO_23);
  // Saturday, Sunday, Monday.
  expect([0, 1, 2].map((day) => [...new Set(of(day, weekday))])).toEqual([[5], [6], [0]]);
  expect([0, 1, 2].map((day) => [...new Set(of(day, dayOf))])).toEqual([[0], [1], [2]]);
  // What Intl says is the hour in London, for each of them.
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Europe/London',
    hour: '2-digit',
    hourCycle: 'h23',
  });
  expect([...hourOfDay]).toEqual([...hourOfDay].map((_, i) => Number(clock.format(begin + i * HOUR_MS))));
});

test.each([
  ['2020-02-01T16:00', '2020-02-01T16:00:00.000Z'],
  ['2020-05-06T16:00', '2020-05-06T15:00:00.000Z'],
  ['2020-03-29T00:00', '2020-03-29T00:00:00.000Z'],
  ['2020-03-29T02:00', '2020-03-29T01:00:00.000Z'],
  ['2020-10-25T00:00', '2020-10-24T23:00:00.000Z'],
  ['2020-10-25T01:00', '2020-10-25T00:00:00.000Z'],
  ['2020-10-25T02:00', '2020-10-25T02:00:00.000Z'],
])('%s in London is %s', (text, at) => {
  expect(new Date(londonHour(text)).toISOString()).toBe(at);
});
