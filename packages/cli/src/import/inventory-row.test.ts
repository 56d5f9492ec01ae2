import { INVENTORY_EVENT } from '@tocsin/domain';
import { describe, expect, it } from 'vitest';
import { createInstantReader } from './instant.ts';
import { inventoryRows } from './inventory-row.ts';

const { read } = inventoryRows({
  readInstant: createInstantReader('Europe/London'),
  announceMs: 86_400_000,
  now: () => Date.parse('2020-07-08T00:00:00Z'),
});
const row = { deviceId: '00db1234567890a2', effectiveAt: '2020-07-07 10:00', event: 'joined' };
const HUB = '00-DB-12-34-56-78-90-A0';

function taken(values: Record<string, string>) {
  const result = read(values);
  if ('faults' in result) throw new Error(JSON.stringify(result.faults));
  return { key: result.key, message: JSON.parse(result.value.toString()) };
}

describe('a row of inventory', () => {
  it('is a message that the service takes, under its device', () => {
    const { key, message } = taken({ ...row, hub: HUB, kind: '' });
    expect(key).toBe('00-DB-12-34-56-78-90-A2');
    expect(message).toEqual({
      v: 1,
      deviceId: key,
      effectiveAt: '2020-07-07T09:00:00.000Z',
      event: 'joined',
      hub: HUB,
      eventId: expect.stringMatching(/^import-[0-9a-f]{32}$/),
    });
    expect(INVENTORY_EVENT.parse(message).deviceId).toBe('00DB1234567890A2');
  });

  it('has the same id when it says the same, another when it does not, its own when it brings one', () => {
    const id = (values: Record<string, string>) => taken({ ...row, hub: HUB, ...values }).message.eventId;
    const same = { deviceId: '00-DB-12-34-56-78-90-A2', effectiveAt: '2020-07-07T09:00:00Z' };
    expect(id({ ...same, hub: '00DB1234567890A0' })).toBe(id({}));
    expect(id({ effectiveAt: '2020-07-07 10:01' })).not.toBe(id({}));
    expect(id({ eventId: 'mine' })).toBe('mine');
  });

  it('says of a party that there is none, or nothing', () => {
    const { message } = taken({ ...row, event: 'supplier-changed', supplier: 'none', gasSupplier: '' });
    expect(message.supplier).toBeNull();
    expect(message).not.toHaveProperty('gasSupplier');
  });

  it.each([
    [{ event: 'exploded' }, 'event', 'one of installed, commissioned'],
    [{ event: 'joined' }, 'hub', 'a value: joined needs one'],
    [{ hub: 'HUB' }, 'hub', 'an EUI-64'],
    [{ hub: HUB, deviceId: 'x' }, 'deviceId', 'an EUI-64'],
    [{ hub: HUB, effectiveAt: '2020-03-29 01:30' }, 'effectiveAt', 'skip'],
    [{ hub: HUB, effectiveAt: '2020-07-09T00:00:01Z' }, 'effectiveAt', 'announced'],
    [{ hub: HUB, effectiveAt: '1970-01-01' }, 'effectiveAt', 'from 1970'],
    [{ hub: HUB, effectiveAt: '' }, 'effectiveAt', 'a value'],
    [{ event: 'installed', kind: 'METER' }, 'kind', 'one of "ESME"|'],
    [{ event: 'commissioned', supplier: 'sup-01' }, 'supplier', 'nothing: commissioned has no such field'],
    [{ event: 'supplier-changed' }, 'supplier', 'a value: supplier-changed needs one'],
    [{ event: 'firmware-activated', version: '2.x' }, 'version', 'dotted numbers'],
  ])('is refused where it says %j', (values, field, expected) => {
    expect(read({ ...row, ...values })).toEqual({
      faults: [
        {
          field,
          value: ({ ...row, ...values } as Record<string, string>)[field] ?? '',
          expected: expect.stringContaining(expected),
        },
      ],
    });
  });
});
