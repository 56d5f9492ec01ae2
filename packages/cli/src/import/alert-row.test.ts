import { createAlert, decode } from '@tocsin/domain';
import { beforeEach, describe, expect, it } from 'vitest';
import { alertRows } from './alert-row.ts';
import { createInstantReader } from './instant.ts';
import type { RowReader } from './row.ts';

const NOW = Date.parse('2020-07-08T00:00:00Z');
const limits = { futureTolerance: 0, sealedBefore: Date.parse('2020-02-01T00:00:00Z') };
const row = { deviceId: '00db1234567890a0', alertCode: '8f3e', receivedAt: '2020-07-07T10:00:00Z' };

let reader: RowReader;
beforeEach(() => {
  reader = alertRows({ readInstant: createInstantReader(null), limits, now: () => NOW });
});

function taken(values: Record<string, string> = {}) {
  const result = reader.read({ ...row, ...values });
  if ('faults' in result) throw new Error(JSON.stringify(result.faults));
  return { key: result.key, message: JSON.parse(result.value.toString()), value: result.value };
}

describe('a row of alerts', () => {
  it('is an alert as the processor reads it, under its device', () => {
    const { key, value } = taken({
      target: '90B3D51F30060003',
      raisedAt: '2020-07-07T10:59:58+01:00',
      throttledAlertCount: '40',
    });
    const alert = createAlert();
    expect(decode(value, NOW, alert)).toBeNull();
    expect(key).toBe('00-DB-12-34-56-78-90-A0');
    expect(alert).toMatchObject({
      alertCode: '8F3E',
      count: 40,
      raisedAt: Date.parse('2020-07-07T09:59:58Z'),
      receivedAt: Date.parse(row.receivedAt),
      device: { hi: 0x00db1234, lo: 0x567890a0 },
      target: { hi: 0x90b3d51f, lo: 0x30060003 },
    });
  });

  it('has no time of raising, and no party, where it says none', () => {
    const { message } = taken();
    expect(message.raisedAt).toBeNull();
    expect(message.requestId).toMatch(/^00-DB-12-34-56-78-90-A0:(00-){7}00:\d+$/);
  });

  it('has an id of what it says, the second that says the same another, again the same in the next import', () => {
    const ids = () =>
      [taken(), taken(), taken({ alertCode: '8F12' })].map(({ message }) => message.requestId);
    const first = ids();
    expect(new Set(first).size).toBe(3);
    reader = alertRows({ readInstant: createInstantReader('UTC'), limits, now: () => NOW });
    expect(ids()).toEqual(first);
    expect(taken({ requestId: first[2]! }).message.requestId).toBe(first[2]);
  });

  it.each([
    [{ deviceId: '' }, 'deviceId', 'a value'],
    [{ deviceId: 'meter 1' }, 'deviceId', 'an EUI-64'],
    [{ alertCode: '8F3' }, 'alertCode', 'four hex digits'],
    [{ alertCode: '' }, 'alertCode', 'a value'],
    [{ receivedAt: '2020-07-07 10:00' }, 'receivedAt', '--time-zone'],
    [{ receivedAt: '2020-07-08T00:00:01Z' }, 'receivedAt', 'has been'],
    [{ receivedAt: '2020-01-31T23:59:59Z' }, 'receivedAt', 'retention'],
    [{ raisedAt: 'yesterday' }, 'raisedAt', 'a time such as'],
    [{ target: 'sup-01' }, 'target', 'an EUI-64'],
    [{ throttledAlertCount: '0' }, 'throttledAlertCount', '1 to 4294967295'],
    [{ throttledAlertCount: '1.5' }, 'throttledAlertCount', '1 to 4294967295'],
    [{ requestId: '17' }, 'requestId', 'originator:target:counter'],
    [{ gbcsPayload: '!' }, 'gbcsPayload', 'base64'],
  ])('is refused where it says %j', (values, field, expected) => {
    expect(reader.read({ ...row, ...values })).toEqual({
      faults: [{ field, value: Object.values(values)[0], expected: expect.stringContaining(expected) }],
    });
  });

  it('is refused with everything that is wrong', () => {
    const result = reader.read({ deviceId: 'x', target: 'y' });
    expect('faults' in result && result.faults.map(({ field }) => field)).toEqual([
      'deviceId',
      'target',
      'alertCode',
      'receivedAt',
    ]);
  });
});
