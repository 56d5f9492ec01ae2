import { describe, expect, it } from 'vitest';
import { createInstantReader } from './instant.ts';

describe('an instant', () => {
  const read = createInstantReader(null);

  it.each([
    ['2020-07-07T10:00:00Z', '2020-07-07T10:00:00.000Z'],
    ['2020-07-07 10:00:00.2509+01:00', '2020-07-07T09:00:00.250Z'],
    ['2020-07-07 10:00 -0530', '2020-07-07T15:30:00.000Z'],
    ['2020-02-29T23:59:59,5Z', '2020-02-29T23:59:59.500Z'],
  ])('is read from %s', (text, iso) => expect(read(text)).toEqual({ iso }));

  it.each([
    '',
    '07/07/2020 10:00',
    '2020-02-30T00:00:00Z',
    '2020-07-07T24:00:00Z',
    '2020-07-07T10:61Z',
    '1594116000',
  ])('is not found in %j', (text) =>
    expect(read(text)).toEqual({ expected: 'a time such as 2020-07-07T10:00:00Z' }),
  );

  it('has no meaning without a zone', () => {
    expect(read('2020-07-07 10:00:00')).toEqual({ expected: 'a time with its offset, or --time-zone' });
  });
});

describe('a civil time in London', () => {
  const read = createInstantReader('Europe/London');

  it.each([
    ['2020-03-29 00:59:59', '2020-03-29T00:59:59.000Z'],
    ['2020-03-29 02:00:00', '2020-03-29T01:00:00.000Z'],
    ['2020-07-07', '2020-07-06T23:00:00.000Z'],
    ['2020-10-25 02:00:00', '2020-10-25T02:00:00.000Z'],
    ['2020-10-25 00:59:59', '2020-10-24T23:59:59.000Z'],
    ['2020-10-25 01:30:00+01:00', '2020-10-25T00:30:00.000Z'],
  ])('%s is one instant', (text, iso) => expect(read(text)).toEqual({ iso }));

  it('is refused in the hour that clocks skip, and in the one that they repeat', () => {
    expect(read('2020-03-29 01:30:00')).toEqual({ expected: expect.stringContaining('skip') });
    expect(read('2020-10-25 01:30:00')).toEqual({ expected: expect.stringContaining('twice') });
  });
});

it('a zone that nobody knows is no zone', () => {
  expect(() => createInstantReader('Europe/Lundon')).toThrow(RangeError);
});
