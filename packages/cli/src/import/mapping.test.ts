import { describe, expect, it } from 'vitest';
import { UsageError } from '../errors.ts';
import { MAPPING, resolve } from './mapping.ts';

const FIELDS = { fields: ['deviceId', 'receivedAt', 'raisedAt', 'kind'], required: ['deviceId'] };
const COLUMNS = ['DEVICE_ID', 'Received', 'note', 'kind'];

describe('resolve', () => {
  it('takes columns by their own names, whatever the spelling, and says which go nowhere', () => {
    const { values, used, unused } = resolve(MAPPING.parse({}), FIELDS, COLUMNS);
    expect(values([' 00DB ', 'x', 'y', 'ESME'])).toEqual({ deviceId: '00DB', kind: 'ESME' });
    expect(used).toEqual([0, 3]);
    expect(unused).toEqual(['Received', 'note']);
  });

  it('lets a column serve two fields, sets values for every row and translates others', () => {
    const mapping = MAPPING.parse({
      fields: { receivedAt: 'Received', raisedAt: 'Received', kind: 'note' },
      set: { deviceId: 'D' },
      values: { kind: { electricity: 'ESME', '': 'GSME' } },
    });
    const { values } = resolve(mapping, FIELDS, COLUMNS);
    expect(values(['d', 't', 'electricity'])).toEqual({
      deviceId: 'D',
      receivedAt: 't',
      raisedAt: 't',
      kind: 'ESME',
    });
    expect(values(['d', 't']).kind).toBe('GSME');
  });

  it.each([
    [{ fields: { devise: 'note' } }, 'no field "devise"'],
    [{ set: { devise: 'note' } }, 'no field "devise"'],
    [{ fields: { deviceId: 'device_id' } }, 'no column "device_id"'],
    [{ fields: { kind: 'note' }, set: { kind: 'ESME' } }, 'both mapped and set'],
  ])('refuses %j', (wish, message) => {
    const wrong = () => resolve(MAPPING.parse(wish), FIELDS, COLUMNS);
    expect(wrong).toThrow(UsageError);
    expect(wrong).toThrow(message);
  });

  it('wants a column, or a value, for each field that every row must say', () => {
    expect(() => resolve(MAPPING.parse({}), FIELDS, ['kind'])).toThrow('no column for deviceId');
    const set = MAPPING.parse({ set: { deviceId: 'D' } });
    expect(resolve(set, FIELDS, ['kind']).values(['ESME'])).toEqual({ deviceId: 'D', kind: 'ESME' });
  });

  it('takes no value from what every object has', () => {
    const mapping = MAPPING.parse({ values: { kind: { a: 'b' } } });
    expect(resolve(mapping, FIELDS, COLUMNS).values(['', '', '', 'constructor']).kind).toBe('constructor');
  });

  it('does not choose between two columns', () => {
    expect(() => resolve(MAPPING.parse({}), FIELDS, ['device id', 'deviceID'])).toThrow('2 columns');
  });
});
