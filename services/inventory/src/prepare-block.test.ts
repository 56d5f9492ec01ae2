import type { KafkaMessage } from '@tocsin/kafka';
import { expect, test } from 'vitest';
import { blockPreparer } from './prepare-block.ts';

const PLACE = { stream: 'cluster/inventory/1', partition: 2 };
const NOON = Date.UTC(2020, 6, 7, 12);
const DAY_MS = 86_400_000;
const options = { announceMs: 30 * DAY_MS, duplicateWindow: 10, acceptedEvents: async function* () {} };

const SOUND = {
  v: 1,
  eventId: 'e1',
  deviceId: '00-DB-12-34-56-78-90-A0',
  effectiveAt: '2020-07-06T10:00:00Z',
  event: 'firmware-activated',
  version: '2.02.6',
};

function record(offset: number, value: unknown, key: string | null = null): KafkaMessage {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const bytes = value === null ? null : value instanceof Buffer ? value : Buffer.from(text);
  return {
    offset: String(offset),
    timestamp: String(NOON - 1000),
    key: key === null ? null : Buffer.from(key),
    value: bytes,
    attributes: 0,
  } as KafkaMessage;
}

const BY = { plannedAt: NOON, rules: blockPreparer(PLACE, options).rules };
const prepare = (...values: unknown[]) =>
  blockPreparer(PLACE, options).prepare(
    PLACE,
    { first: 0, last: values.length - 1 },
    values.map((value, offset) => record(offset, value)),
    BY,
  );

test('an event becomes a row of the device history', async () => {
  const { plan, hours, slices, volumes } = await prepare(SOUND);
  expect(plan.tally).toEqual({ records: 1, accepted: 1, rejected: 0, duplicates: 0 });
  expect(hours).toEqual([{ hour: Date.UTC(2020, 6, 1) / 1000, accepted: 1 }]);
  expect(volumes).toEqual([{ labels: { event: 'firmware-activated' }, sum: 1 }]);
  const nulls = (count: number) => Array.from({ length: count }, () => '\\N');
  expect(
    slices.map(({ part, rows, body }) => [part, rows, Buffer.from(body).toString().split('\t')]),
  ).toEqual([
    [
      'device_history',
      1,
      [
        ...['cluster/inventory/1', '2', '0', '2020-07-07 12:00:00.000', '2020-07-07 11:59:59.000'],
        ...['2020-07-06 10:00:00.000', '00DB1234567890A0', 'inventory', 'firmware-activated', 'e1'],
        ...[...nulls(3), '2.02.6', ...nulls(10)],
        ...['2.02.6', '', '', '', '', '', '\n'],
      ],
    ],
  ]);
});

test.each([
  ['empty', null],
  ['empty', ''],
  ['json-syntax', '{"v":1'],
  ['too-large', `"${'x'.repeat(70_000)}"`],
  ['invalid-utf8', Buffer.from([0x7b, 0xff, 0x7d])],
  ['invalid-event', []],
  ['invalid-event', { ...SOUND, event: 'exploded' }],
  ['invalid-v', { ...SOUND, v: 2 }],
  ['invalid-device-id', { ...SOUND, deviceId: '00-DB' }],
  ['invalid-effective-at', { ...SOUND, effectiveAt: '2020-07-06' }],
  ['effective-too-early', { ...SOUND, effectiveAt: '1969-07-20T20:17:40Z' }],
  ['effective-in-future', { ...SOUND, effectiveAt: '2020-09-01T00:00:00Z' }],
  ['invalid-version', { ...SOUND, version: 'two' }],
  ['invalid-event-id', { ...SOUND, eventId: 'with\ttab' }],
  ['unknown-field', { ...SOUND, hub: '00-DB-12-34-56-78-90-A2' }],
  ['unknown-field', { ...SOUND, event: 'supplier-changed', version: undefined, suplier: 'sup-02' }],
  // What is wrong with a field that the event has says more.
  ['invalid-version', { ...SOUND, version: 'two', note: 'x' }],
  [
    'invalid-code',
    { ...SOUND, event: 'alert-behaviour', version: undefined, code: '80141', setting: 'off', via: '6.22' },
  ],
])('%s: %o', async (reason, value) => {
  const { plan, rejects, slices, hours } = await prepare(value);
  expect(plan.tally).toEqual({ records: 1, accepted: 0, rejected: 1, duplicates: 0 });
  expect(rejects.map((reject) => reject.reason)).toEqual([reason]);
  expect(slices).toEqual([]);
  expect(hours).toEqual([{ hour: Date.UTC(2020, 6, 1) / 1000, accepted: 0 }]);
});

test('the key, where there is one, names the device of the event', async () => {
  const keys = [null, '', SOUND.deviceId, '00db1234567890a0', '00-DB-12-34-56-78-90-A1', 'meter'];
  const records = keys.map((key, n) => record(n, { ...SOUND, eventId: `e${n}` }, key));
  const { rejects } = await blockPreparer(PLACE, options).prepare(PLACE, { first: 0, last: 5 }, records, BY);
  expect(rejects.map(({ offset, reason }) => [offset, reason])).toEqual([
    [4, 'key-mismatch'],
    [5, 'key-mismatch'],
  ]);
});

test('an event that comes again within the window counts once', async () => {
  const other = { ...SOUND, eventId: 'e2' };
  expect((await prepare(SOUND, other, SOUND)).plan.tally).toMatchObject({ accepted: 2, duplicates: 1 });
  const far = await prepare(
    SOUND,
    ...Array.from({ length: 10 }, (_, n) => ({ ...SOUND, eventId: `f${n}` })),
    SOUND,
  );
  expect(far.plan.tally).toMatchObject({ accepted: 12, duplicates: 0 });

  const restarted = blockPreparer(PLACE, {
    ...options,
    acceptedEvents: async function* () {
      yield [{ offset: 19, device: '00DB1234567890A0', eventId: 'e1' }];
    },
  });
  await restarted.start(PLACE, 20);
  const { plan } = await restarted.prepare(PLACE, { first: 20, last: 20 }, [record(20, SOUND)], BY);
  expect(plan.tally.duplicates).toBe(1);
});

test('events of several devices may have the same id, before a restart and after it', async () => {
  const other = { ...SOUND, deviceId: '00-DB-12-34-56-78-90-A1' };
  expect((await prepare(SOUND, other, SOUND, other)).plan.tally).toMatchObject({
    accepted: 2,
    duplicates: 2,
  });

  const restarted = blockPreparer(PLACE, {
    ...options,
    acceptedEvents: async function* () {
      yield [{ offset: 19, device: '00DB1234567890A1', eventId: 'e1' }];
    },
  });
  await restarted.start(PLACE, 20);
  const again = [record(20, SOUND), record(21, other)];
  const { plan } = await restarted.prepare(PLACE, { first: 20, last: 21 }, again, BY);
  expect(plan.tally).toMatchObject({ accepted: 1, duplicates: 1 });
});

test('a replay comes to the same block, another outcome does not', async () => {
  expect((await prepare(SOUND, 'x')).plan).toEqual((await prepare(SOUND, 'x')).plan);
  expect((await prepare(SOUND, SOUND)).plan.checksum).not.toBe((await prepare(SOUND, 'x')).plan.checksum);
});
