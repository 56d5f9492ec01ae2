import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startKafka } from '@tocsin/embedded';
import { connectKafka } from '@tocsin/kafka';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { countProduced } from '../support/kafka-tools.ts';
import { tocsin } from '../support/service.ts';

const EXAMPLES = fileURLToPath(new URL('../../examples/', import.meta.url));

let folder: string;
let kafka: Awaited<ReturnType<typeof startKafka>>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tocsin-import-'));
  kafka = await startKafka({ dataDir: join(folder, 'kafka') });
});
afterAll(async () => {
  await kafka?.stop();
  await rm(folder, { recursive: true, force: true });
});

const imported = (args: readonly string[]) => tocsin(['import', ...args], { KAFKA_BROKERS: kafka.brokers });

interface Read {
  readonly key: string;
  readonly message: Record<string, unknown>;
}

/** All of a topic, of each partition in order. To be asked once: its group goes on where it was. */
async function recordsOf(topic: string): Promise<Read[]> {
  const count = await countProduced(kafka.brokers, topic);
  const consumer = connectKafka({ brokers: [kafka.brokers], clientId: 'test' }).consumer({ groupId: topic });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  const records: Read[] = [];
  await new Promise<void>((resolve, reject) => {
    consumer
      .run({
        eachMessage: async ({ message: { key, value } }) => {
          records.push({ key: String(key), message: JSON.parse(String(value)) });
          if (records.length === count) resolve();
        },
      })
      .catch(reject);
  });
  await consumer.disconnect();
  return records;
}

/** Imports an example twice: all twenty records. */
async function twice(what: 'inventory' | 'alerts'): Promise<Read[]> {
  const topic = `examples.${what}`;
  for (const _ of [1, 2]) {
    const { code, stdout, stderr } = await imported([what, join(EXAMPLES, `${what}.csv`), '--topic', topic]);
    expect([code, stdout, stderr]).toEqual([0, `10 of 10 rows on ${topic}\n`, '']);
  }
  const records = await recordsOf(topic);
  expect(records).toHaveLength(20);
  for (const { key, message } of records) expect(message.deviceId).toBe(key);
  return records;
}

test('alerts arrive under their devices, the second time with the same ids', async () => {
  const records = await twice('alerts');
  expect(new Set(records.map(({ message }) => message.requestId)).size).toBe(10);
});

test('inventory arrives under its devices, the second time with the same ids', async () => {
  const records = await twice('inventory');
  expect(new Set(records.map(({ message }) => message.eventId)).size).toBe(10);
  expect(records.find(({ message }) => message.phase)).toEqual({
    key: '00-DB-12-34-56-78-90-A2',
    message: {
      v: 1,
      eventId: expect.stringMatching(/^import-/),
      deviceId: '00-DB-12-34-56-78-90-A2',
      effectiveAt: '2020-06-03T03:30:00.000Z',
      event: 'firmware-failed',
      version: '3.5.1',
      phase: 'download',
      reason: 'han-unstable',
    },
  });
});

test("an operator's own columns become inventory by a mapping", async () => {
  const topic = 'own.inventory';
  const mapping = ['--mapping', join(EXAMPLES, 'meters.mapping.yaml')];
  const args = ['inventory', join(EXAMPLES, 'meters.csv'), ...mapping, '--topic', topic, '--json'];
  const { code, stdout } = await imported(args);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual({
    topic,
    rows: 10,
    taken: 10,
    refused: 0,
    refusals: [],
    unused: ['Remark'],
  });
  const records = await recordsOf(topic);
  const of = (device: string) => records.find(({ key }) => key === device)?.message;
  expect(of('00-DB-12-34-56-78-92-A2')).toMatchObject({
    event: 'installed',
    kind: 'ESME',
    region: 'Central',
    supplier: 'sup-01',
    networkOperator: 'idno-03',
    effectiveAt: '2020-02-10T13:40:00.000Z',
  });
  // In summer London is an hour ahead.
  expect(of('00-DB-12-34-56-78-93-A3')).toMatchObject({
    networkOperator: null,
    effectiveAt: '2020-06-02T08:10:00.000Z',
  });
});

describe('a Parquet file of alerts with rows that are wrong', () => {
  const civil = Date.parse('2020-07-07T10:00:00Z');
  let file: string;
  beforeAll(async () => {
    file = join(folder, 'alerts.parquet');
    const time = (name: string, isAdjustedToUTC: boolean) => ({
      name,
      type: 'INT64' as const,
      repetition_type: 'REQUIRED' as const,
      logical_type: { type: 'TIMESTAMP' as const, isAdjustedToUTC, unit: 'MICROS' as const },
    });
    const text = (name: string) => ({
      name,
      type: 'BYTE_ARRAY' as const,
      repetition_type: 'REQUIRED' as const,
      converted_type: 'UTF8' as const,
    });
    const devices = Array.from({ length: 3000 }, (_, i) => `00DB12340000${String(i).padStart(4, '0')}`);
    devices[7] = 'no device';
    devices[2500] = 'another';
    const buffer = parquetWriteBuffer({
      columnData: [
        { name: 'device_id', data: devices },
        { name: 'code', data: devices.map((_, i) => (i === 7 ? '???' : '8F3E')) },
        { name: 'when', data: devices.map((_, i) => BigInt(civil + i) * 1000n) },
      ],
      schema: [{ name: 'root', num_children: 3 }, text('device_id'), text('code'), time('when', false)],
      rowGroupSize: 1000,
    });
    await writeFile(file, new Uint8Array(buffer));
  });
  const mapped = ['--map', 'code=alertCode', '--map', 'when=receivedAt', '--map', 'when=raisedAt'];

  test('all others arrive, and those are listed', async () => {
    const list = join(folder, 'refused.csv');
    const topic = 'parquet.alerts';
    const zone = ['--time-zone', 'Europe/London'];
    const args = ['alerts', file, ...mapped, ...zone, '--topic', topic, '--refused', list];
    const { code, stdout, stderr } = await imported(args);
    expect([code, stdout]).toEqual([1, `2998 of 3000 rows on ${topic}\n`]);
    expect(stderr).toContain('row 8: deviceId is "no device": expected an EUI-64');
    expect(stderr).toContain(`2 of 3000 rows refused; all are in ${list}`);
    expect((await readFile(list, 'utf8')).split('\n')).toEqual([
      'row,field,value,expected',
      '8,deviceId,no device,an EUI-64 such as 00-DB-12-34-56-78-90-A0',
      '2501,deviceId,another,an EUI-64 such as 00-DB-12-34-56-78-90-A0',
      '',
    ]);
    const records = await recordsOf(topic);
    expect(records).toHaveLength(2998);
    expect(records.find(({ key }) => key === '00-DB-12-34-00-00-00-09')?.message).toMatchObject({
      alertCode: '8F3E',
      receivedAt: '2020-07-07T09:00:00.009Z',
      raisedAt: '2020-07-07T09:00:00.009Z',
    });
  });

  test('without a zone no civil time is taken, and a dry run puts nothing anywhere', async () => {
    const { code, stdout } = await tocsin(['import', 'alerts', file, ...mapped, '--dry-run', '--json'], {});
    expect(code).toBe(1);
    const { taken, refused, refusals } = JSON.parse(stdout);
    expect([taken, refused, refusals.length]).toEqual([0, 3000, 10]);
    expect(refusals[0]).toEqual({
      row: 1,
      field: 'raisedAt',
      value: '2020-07-07T10:00:00.000',
      expected: 'a time with its offset, or --time-zone',
    });
  });
});

test.each([
  [['inventory', 'nowhere.csv'], 'nowhere.csv: no such file'],
  [['inventory', 'x.xlsx'], 'expected a file that ends in .csv or .parquet'],
  [['inventory', join(EXAMPLES, 'meters.csv')], 'no column for deviceId, effectiveAt, event'],
  [['alerts', join(EXAMPLES, 'alerts.csv'), '--map', 'target=party'], 'no field "party"'],
  [['alerts', join(EXAMPLES, 'alerts.csv'), '--map', 'target'], 'Expected two names and = between them'],
  [['alerts', join(EXAMPLES, 'alerts.csv'), '--time-zone', 'Mars'], 'no time zone "Mars"'],
  [['alerts', join(EXAMPLES, 'alerts.csv'), '--topic', 'a b'], 'expected a topic name'],
  [
    ['alerts', join(EXAMPLES, 'alerts.csv'), '--refused', '/nowhere/refused.csv'],
    '--refused /nowhere/refused.csv',
  ],
  [['meters', join(EXAMPLES, 'alerts.csv')], 'inventory, alerts'],
])('import %j ends with 2', async (args, said) => {
  const { code, stderr } = await tocsin(['import', ...args, '--dry-run'], {});
  expect([code, stderr]).toEqual([2, expect.stringContaining(said)]);
});

test('a fault of a mapping is told by its line', async () => {
  const mapping = join(folder, 'wrong.yaml');
  await writeFile(mapping, 'fields:\n  deviceId: 7\n');
  const args = ['inventory', join(EXAMPLES, 'meters.csv'), '--mapping', mapping, '--dry-run'];
  const { code, stderr } = await tocsin(['import', ...args], {});
  expect([code, stderr]).toEqual([2, expect.stringContaining('wrong.yaml:2: fields.deviceId is 7')]);
});
