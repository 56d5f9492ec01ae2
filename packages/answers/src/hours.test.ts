import { expect, test } from 'vitest';
import { hoursOf, soFar } from './hours.ts';

const at = (text: string) => Date.parse(`2020-07-${text}Z`);

test('of a period that goes on the hours that are over count, of any other all', () => {
  const period = { from: at('01T00:00'), to: at('08T00:00') };
  expect(soFar(period, at('07T06:30'))).toEqual({ from: period.from, to: at('07T06:00') });
  expect(soFar(period, at('09T00:00'))).toEqual(period);
  expect(soFar(period, at('01T00:30'))).toEqual(period);
  expect(soFar(period, at('01T01:00'))).toEqual({ from: period.from, to: at('01T01:00') });
});

test('hours that a period touches are whole', () => {
  const hours = hoursOf({ from: at('01T00:30'), to: at('01T02:10') });
  expect(hours).toEqual({ from: '2020-07-01 00:00:00', to: '2020-07-01 03:00:00', days: 3 / 24 });
});
