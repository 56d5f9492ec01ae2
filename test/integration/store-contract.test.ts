import { alertStore, type Store } from '@tocsin/clickhouse';
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
  /** A slice with one row at each offset, in the store's own format. */
  readonly slice: (day: string, offsets: readonly number[]) => Slice;
}

const PLACE = { stream: 'cluster/alerts/1', partition: 3 };
const DAY = '2020-07-07';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine?.stop());

const inMemory = async (): Promise<Subject> => ({
  store: new World([]).store,
  slice: (day, offsets) => ({
    part: day,
    rows: offsets.length,
    body: new Uint8Array(Uint32Array.from(offsets).buffer),
  }),
});

const real = async (): Promise<Subject> => {
  const store: Store = await engine.freshStore();
  const zeros = '0000000000000000';
  const row = (day: string, offset: number) =>
    [
      PLACE.stream,
      PLACE.partition,
      offset,
      `${day} 00:00:00.000`,
      `${day} 10:00:00.000`,
      '\\N',
      zeros,
      zeros,
      zeros,
    ]
      .concat([0, '8F3E', 0, 1, 'json'].map(String))
      .join('\t');
  return {
    store: alertStore(store),
    slice: (day, offsets) => ({
      part: day,
      rows: offsets.length,
      body: Buffer.from(offsets.map((offset) => `${row(day, offset)}\n`).join('')),
    }),
  };
};

function blockOf(first: number, last: number, slices: readonly Slice[]): Block<string> {
  const accepted = slices.reduce((sum, { rows }) => sum + rows, 0);
  const tally = { records: last - first + 1, accepted, rejected: 0, duplicates: last - first + 1 - accepted };
  return {
    plan: { first, last, plannedAt: Date.UTC(2020, 6, 7, 12), rules: '1', tally, checksum: `sum ${first}` },
    hours: [{ hour: Date.UTC(2020, 6, 7, 10) / 1000, accepted }],
    slices,
    rejects: [],
    volumes: new Map(),
  };
}

describe.each([
  ['in memory', inMemory],
  ['ClickHouse', real],
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
    const blocks = [
      blockOf(0, 9, [subject.slice(DAY, [0, 5])]),
      blockOf(10, 19, []),
      blockOf(20, 29, [subject.slice(DAY, [20, 21, 29])]),
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
    const block = blockOf(0, 9, [subject.slice(DAY, [1, 4]), subject.slice('2020-07-08', [2])]);
    await put(subject, block);
    await put(subject, blockOf(10, 19, [subject.slice(DAY, [10, 11, 12])]));
    const { store } = subject;
    const parcel = { place: PLACE, bounds: block.plan, rows: 0 };
    expect(await store.count({ ...parcel, part: DAY })).toBe(2);
    expect(await store.count({ ...parcel, part: '2020-07-08' })).toBe(1);
    expect(await store.count({ ...parcel, part: 'ledger' })).toBe(1);
    expect(await store.countBlock(PLACE, block.plan)).toBe(3);
    expect(await store.rowsFrom(PLACE, 4)).toBe(4);
    expect(await store.rowsFrom(PLACE, 13)).toBe(0);
  });

  test('the same token is stored once, another one again', async () => {
    const subject = await make();
    const slice = subject.slice(DAY, [1, 2, 3]);
    const block = blockOf(0, 9, [slice]);
    await put(subject, block);
    await put(subject, block);
    const parcel = { place: PLACE, bounds: block.plan, part: DAY, rows: 3 };
    expect(await subject.store.count(parcel)).toBe(3);
    expect(await subject.store.count({ ...parcel, part: 'ledger' })).toBe(1);
    await subject.store.insertSlice(PLACE, block, slice, token(PLACE, block.plan, DAY, 1));
    expect(await subject.store.count(parcel)).toBe(6);
  });
});
