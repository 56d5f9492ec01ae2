import {
  ALERT_COLUMNS,
  revisionsAreVisible,
  type Store,
  type StoredRange,
  storedRows,
} from '@tocsin/clickhouse';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Engine, startEngine } from '../support/fresh-store.ts';
import { correct, feedBlocks, HOUR, insertRows, makeBlock, STREAM } from '../support/store-feed.ts';

const FIRST = Date.UTC(2020, 4, 1, 22) / 1000;
// Over midnight, and a month later.
const HOURS = [0, 1, 2, 29 * 24].map((i) => FIRST + i * HOUR);
const HISTORY = 'cluster/inventory/1';

let engine: Engine;
let store: Store;
beforeAll(async () => {
  engine = await startEngine();
  store = await engine.freshStore();
  await feedBlocks(store, makeBlock(0, 0, HOURS, 203), makeBlock(1, 0, HOURS, 203));
  await correct(store, 'offset % 3 = 0', '2.0.0');
  await correct(store, 'partition = 1 AND offset < 100', '3.0.0');
  const killed = correct(store, 'offset % 2 = 0', '4.0.0', () => Promise.reject(new Error('killed')));
  await expect(killed).rejects.toThrow('killed');
  const told = [3, 7, 11].map((device, offset) => ({
    stream: HISTORY,
    partition: 0,
    offset,
    device: String(device).padStart(16, '0'),
    source: 'inventory',
    event: 'installed',
  }));
  await insertRows(store, 'device_history', told);
  await revisionsAreVisible(store, 0, Date.now());
});
afterAll(() => engine.stop());

const ALL = { stream: STREAM, partitions: [0, 1], from: FIRST * 1000, to: (HOURS[3]! + HOUR) * 1000 };
const changed = (after: number, through: number) => ({
  after: new Map([[`${HISTORY}/0`, after]]),
  through: new Map([[`${HISTORY}/0`, through]]),
});

it.each<[what: string, range: StoredRange, where: string]>([
  ['everything', ALL, '1'],
  ['one partition', { ...ALL, partitions: [1] }, 'partition = 1'],
  [
    'a range that is no whole hours',
    { ...ALL, from: (FIRST + 100) * 1000, to: (HOURS[2]! + 50) * 1000 },
    `toUnixTimestamp(received_at) >= ${FIRST + 100} AND toUnixTimestamp(received_at) < ${HOURS[2]! + 50}`,
  ],
  ['all time to come', { ...ALL, to: Date.UTC(2100, 0, 1) }, '1'],
  ['devices of which something new is known', { ...ALL, of: changed(1, 3) }, 'toUInt32(device) IN (7, 11)'],
])('%s is read as the views have it', async (_, range, where) => {
  const read: string[] = [];
  for await (const rows of storedRows(store, range)) read.push(...rows);
  const columns = ALERT_COLUMNS.map((column) =>
    column === 'clock_suspect' ? 'toUInt8(clock_suspect)' : column,
  );
  const rows = await store.lines(
    `SELECT ${columns.join(', ')}
     FROM raw_alerts(target = '', seconds = 3600, from = '2020-01-01 00:00:00', to = '2030-01-01 00:00:00')
     WHERE ${where}`,
  );
  expect(read.length).toBeGreaterThan(10);
  expect(read.sort()).toEqual(rows.sort());
  for (const firmware of ['2.0.0', '3.0.0']) expect(read.join()).toContain(firmware);
  expect(read.join()).not.toContain('4.0.0');
});
