import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantOf, NOT_AN_INSTANT, readInstant } from './instant.ts';

function read(text: string): number {
  const bytes = Buffer.from(text);
  return readInstant(bytes, 0, bytes.length);
}

describe('readInstant', () => {
  it.each([
    ['2020-07-07T10:00:00Z', Date.UTC(2020, 6, 7, 10)],
    ['2020-07-07T10:00:00.5Z', Date.UTC(2020, 6, 7, 10, 0, 0, 500)],
    ['2020-07-07T10:00:00.123456789Z', Date.UTC(2020, 6, 7, 10, 0, 0, 123)],
    ['2020-07-07T11:30:00+01:30', Date.UTC(2020, 6, 7, 10)],
    ['2020-07-07T09:59:00-00:01', Date.UTC(2020, 6, 7, 10)],
    ['2020-02-29T23:59:59Z', Date.UTC(2020, 1, 29, 23, 59, 59)],
    ['1900-01-01T00:00:00Z', Date.UTC(1900, 0, 1)],
    ['2299-12-31T23:59:59.999Z', Date.UTC(2299, 11, 31, 23, 59, 59, 999)],
  ])('reads %s', (text, ms) => expect(read(text)).toBe(ms));

  it.each(['1899-12-31T23:59:59Z', '2300-01-01T00:00:00Z', '0000-01-01T00:00:00Z', '9999-12-31T23:59:59Z'])(
    'gives NaN for %s, which the store can not hold',
    (text) => expect(read(text)).toBeNaN(),
  );

  it.each([
    '',
    'now',
    '2020-07-07',
    '2020-07-07T10:00:00',
    '2020-07-07T10:00Z',
    '2020-07-07 10:00:00Z',
    '2020-07-07t10:00:00z',
    '20200707T100000Z',
    '2020-7-07T10:00:00Z',
    '2020-13-07T10:00:00Z',
    '2020-00-07T10:00:00Z',
    '2020-02-30T10:00:00Z',
    '2019-02-29T10:00:00Z',
    '1900-02-29T10:00:00Z',
    '2020-07-07T24:00:00Z',
    '2020-07-07T10:60:00Z',
    '2020-07-07T10:00:60Z',
    '2020-07-07T10:00:00.Z',
    '2020-07-07T10:00:00,5Z',
    '2020-07-07T10:00:00.1234567890Z',
    '2020-07-07T10:00:00+0100',
    '2020-07-07T10:00:00+24:00',
    '2020-07-07T10:00:00+01:60',
    '2020-07-07T10:00:00ZZ',
    '2020-07-07T10:00:00Z ',
    '+020-07-07T10:00:00Z',
    '2020-07-07T1é:00:00Z',
  ])('refuses "%s"', (text) => expect(read(text)).toBe(NOT_AN_INSTANT));

  it('agrees with Date on every moment that the store can hold', () => {
    const moment = fc.date({ min: new Date('1900-01-01'), max: new Date('2299-12-31'), noInvalidDate: true });
    fc.assert(fc.property(moment, (date) => read(date.toISOString()) === date.getTime()));
  });

  it('knows the days of every month', () => {
    for (let year = 1896; year <= 2104; year++) {
      for (let month = 1; month <= 12; month++) {
        const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
        expect(instantOf(year, month, last, 0, 0, 0)).toBe(Date.UTC(year, month - 1, last));
        expect(instantOf(year, month, last + 1, 0, 0, 0)).toBe(NOT_AN_INSTANT);
      }
    }
  });
});
