import { ALERT_CORE_COLUMNS, alertStore, HISTORY_COLUMNS, inventoryStore } from '@tocsin/clickhouse';
import { type Block, type Store as DeliveryStore, type Slice, token } from '@tocsin/delivery';
import { World } from '@tocsin/delivery/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Engine, startEngine } from '../support/fresh-store.ts';

/**
 * What the delivery of blocks relies on in a store, held by the one in memory, on which the protocol is proved, and
 * by the real one alike.
 */
interface Subject {
  readonly store: DeliveryStore<string>;
  /** Parts that a block's rows may be in. */
  readonly parts: readonly string[];
  /** A slice with one row at each offset, in the store's own format. */
  readonly slice: (part: string, offsets: readonly number[]) => Slice;
}

const PLACE = { stream: 'cluster/alerts/1', partition: 3 };
const DAYS = ['2020-07-07', '2020-07-08'];

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine?.stop());

const inMemory = async (): Promise<Subject> => ({
  store: new World([]).store,
  parts: DAYS,
  slice: (day, offsets) => ({
    part: day,
    rows: offsets.length,
    body: new Uint8Array(Uint32Array.from(offsets).buffer),
  }),
});

const sliceOf = (part: string, offsets: readonly number[], row: (offset: number) => string): Slice => ({
  part,
  rows: offsets.length,
  body: Buffer.from(offsets.map((offset) => `${row(offset)}\n`).join('')),
});

/** A row of the named columns; the others have what the type allows to be left out. */
const rowOf = (columns: readonly string[], fields: Record<string, string | number>): string =>
  columns.map((column) => fields[column] ?? '').join('\t');

const ZEROS = '0000000000000000';

const alertSlice: Subject['slice'] = (day, offsets) =>
  sliceOf(day, offsets, (offset) =>
    rowOf(ALERT_CORE_COLUMNS, {
      ...PLACE,
      offset,
      planned_at: `${day} 00:00:00.000`,
      received_at: `${day} 10:00:00.000`,
      raised_at: '\\N',
      device: ZEROS,
      originator: ZEROS,
      target: ZEROS,
      counter: 0,
      alert_code: '8F3E',
      message_code: 0,
      alerts: 1,
      encoding: 'json',
    }),
  );

const historySlice: Subject['slice'] = (part, offsets) =>
  sliceOf(part, offsets, (offset) =>
    rowOf(HISTORY_COLUMNS, {
      ...PLACE,
      offset,
      planned_at: '2020-07-07 12:00:00.000',
      recorded_at: '2020-07-07 11:00:00.000',
      effective_at: '2020-07-07 10:00:00.000',
      device: ZEROS,
      source: 'inventory',
      event: 'commissioned',
      hub: '\\N',
    }),
  );

const alerts = async (): Promise<Subject> => ({
  store: alertStore(await engine.freshStore(), ALERT_CORE_COLUMNS),
  parts: DAYS,
  slice: alertSlice,
});

const inventory = async (): Promise<Subject> => ({
  store: inventoryStore(await engine.freshStore()),
  parts: ['device_history'],
  slice: historySlice,
});

function blockOf(first: number, last: number, slices: readonly Slice[]): Block<string> {
  const accepted = slices.reduce((sum, { rows }) => sum + rows, 0);
  const tally = { records: last - first + 1, accepted, rejected: 0, duplicates: last - first + 1 - accepted };
  return {
    plan: { first, last, plannedAt: Date.UTC(2020, 6, 7, 12), rules: '1', tally, checksum: `sum ${first}` },
    hours: [{ hour: Date.UTC(2020, 6, 7, 10) / 1000, accepted }],
    slices,
    rejects: [],
    volumes: [],
  };
}

describe.each([
  ['in memory', inMemory],
  ['of alerts', alerts],
  ['of the inventory', inventory],
] as const)('a store %s', (_name, make) => {
  /** Ledger and rows of a block, each under its token. */
  async function put({ store }: Subject, block: Block<string>): Promise<void> {
    await store.insertLedger(PLACE, block, token(PLACE, block.plan, 'ledger'));
    for (const slice of block.slices) {
      await store.insertSlice(PLACE, block, slice, token(PLACE, block.plan, slice.part));
    }
  }

  test('an empty one knows nothing', async () => {
    const { store } = await make();
    expect(await store.ledger(PLACE, null)).toEqual([]);
    expect(await store.ledger(PLACE, 0)).toEqual([]);
    expect(await store.rowsFrom(PLACE, 0)).toBe(0);
    expect(await store.count({ place: PLACE, bounds: { first: 0, last: 9 }, part: 'ledger', rows: 1 })).toBe(
      0,
    );
  });

  test('the ledger gives blocks as they were planned, from an offset on and always the last', async () => {
    const subject = await make();
    const part = subject.parts[0] as string;
    const blocks = [
      blockOf(0, 9, [subject.slice(part, [0, 5])]),
      blockOf(10, 19, []),
      blockOf(20, 29, [subject.slice(part, [20, 21, 29])]),
    ];
    for (const block of blocks) await put(subject, block);
    const plans = blocks.map(({ plan }) => plan);
    expect(await subject.store.ledger(PLACE, 0)).toEqual(plans);
    expect(await subject.store.ledger(PLACE, 10)).toEqual(plans.slice(1));
    expect(await subject.store.ledger(PLACE, null)).toEqual(plans.slice(2));
    expect(await subject.store.ledger(PLACE, 30)).toEqual(plans.slice(2));
  });

  test('rows are counted by slice, by block and from an offset on', async () => {
    const subject = await make();
    const { store, parts } = subject;
    const slices = parts.map((part, i) => subject.slice(part, i === 0 ? [1, 4] : [2]));
    const block = blockOf(0, 9, slices);
    await put(subject, block);
    await put(subject, blockOf(10, 19, [subject.slice(parts[0] as string, [10, 11, 12])]));
    const parcel = { place: PLACE, bounds: block.plan, rows: 0 };
    for (const { part, rows } of slices) expect(await store.count({ ...parcel, part })).toBe(rows);
    expect(await store.count({ ...parcel, part: 'ledger' })).toBe(1);
    expect(await store.countBlock(PLACE, block.plan)).toBe(1 + parts.length);
    expect(await store.rowsFrom(PLACE, 4)).toBe(4);
    expect(await store.rowsFrom(PLACE, 13)).toBe(0);
  });

  test('the same token is stored once, another one again', async () => {
    const subject = await make();
    const part = subject.parts[0] as string;
    const slice = subject.slice(part, [1, 2, 3]);
    const block = blockOf(0, 9, [slice]);
    await put(subject, block);
    await put(subject, block);
    const parcel = { place: PLACE, bounds: block.plan, part, rows: 3 };
    expect(await subject.store.count(parcel)).toBe(3);
    expect(await subject.store.count({ ...parcel, part: 'ledger' })).toBe(1);
    await subject.store.insertSlice(PLACE, block, slice, token(PLACE, block.plan, part, 1));
    expect(await subject.store.count(parcel)).toBe(6);
  });
});

test('what alerts tell of devices stands beside them, and counts as no alert', async () => {
  const { store } = await alerts();
  const [day] = DAYS as [string];
  const block = blockOf(0, 9, [alertSlice(day, [1, 2, 3])]);
  const history = historySlice('device_history', [2]);
  for (const slice of [...block.slices, history])
    await store.insertSlice(PLACE, block, slice, token(PLACE, block.plan, slice.part));
  const parcel = { place: PLACE, bounds: block.plan, rows: 0 };
  expect(await store.count({ ...parcel, part: 'device_history' })).toBe(1);
  expect(await store.count({ ...parcel, part: day })).toBe(3);
  expect(await store.countBlock(PLACE, block.plan)).toBe(3);
  expect(await store.rowsFrom(PLACE, 0)).toBe(3);
});
