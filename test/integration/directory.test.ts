import { formatHistoryRow, HISTORY_COLUMNS, type Store } from '@tocsin/clickhouse';
import { type DeviceChange, parseEui64 } from '@tocsin/domain';
import { createDirectoryFeed, type DirectoryFeed } from '@tocsin/processor';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type Engine, startEngine } from '../support/fresh-store.ts';

let engine: Engine;
let store: Store;
let next: Record<'inventory' | 'device', number>;
beforeAll(async () => {
  engine = await startEngine();
  store = await engine.freshStore();
});
afterAll(() => engine.stop());
beforeEach(async () => {
  await engine.empty(store);
  next = { inventory: 0, device: 0 };
});

const DAY = 86_400_000;
const BEGIN = Date.UTC(2020, 0, 1);
const device = (n: number) => `00DB${n.toString(16).toUpperCase().padStart(12, '0')}`;

async function tell(
  n: number,
  days: number,
  change: Omit<DeviceChange, 'event'> & Partial<Pick<DeviceChange, 'event'>>,
  source: 'inventory' | 'device' = 'inventory',
): Promise<void> {
  const row = formatHistoryRow({
    stream: source === 'inventory' ? 'c/inventory/1' : 'c/alerts/1',
    partition: 0,
    offset: next[source]++,
    plannedAt: BEGIN,
    recordedAt: BEGIN,
    effectiveAt: BEGIN + days * DAY,
    device: device(n),
    source,
    eventId: '',
    change: { event: 'installed', ...change },
  });
  await store.insert({
    table: 'device_history',
    columns: HISTORY_COLUMNS,
    format: 'TabSeparated',
    body: row,
  });
}

function ask({ directory }: DirectoryFeed, n: number, days: number) {
  const interval = directory.find(parseEui64(device(n))!, BEGIN + days * DAY);
  if (interval < 0) return null;
  const hub = { hi: 0, lo: 0 };
  directory.hub(interval, hub);
  const { kind, firmware, supplier, suppressed } = directory.attributes(directory.profile(interval));
  return { kind, firmware, supplier, suppressed, hub: hub.lo };
}

it('knows what the history says, and then what is new of it, however late', async () => {
  const feed = createDirectoryFeed(store);
  expect(await feed.follow()).toBe(0);
  await tell(1, 0, { kind: 'CHF', firmware: '1.0' });
  await tell(2, 0, { kind: 'ESME', firmware: '2.0', supplier: 'sup-01', hub: device(1) });
  expect(await feed.follow()).toBe(2);
  const installed = { kind: 'ESME', firmware: '2.0', supplier: 'sup-01', suppressed: [], hub: 1 };
  expect(ask(feed, 2, 1)).toEqual(installed);
  expect(ask(feed, 2, -1)).toBeNull();

  await tell(2, 10, { event: 'supplier-changed', supplier: '' });
  await tell(2, 8, { event: 'alert-behaviour', code: '8014', setting: 'off', via: '6.22' });
  await tell(2, 5, { event: 'firmware-activated', firmware: '2.1', version: '2.1' });
  expect(await feed.follow()).toBe(1);
  expect(ask(feed, 2, 4)).toEqual(installed);
  expect(ask(feed, 2, 6)).toEqual({ ...installed, firmware: '2.1' });
  expect(ask(feed, 2, 11)).toEqual({ ...installed, firmware: '2.1', supplier: '', suppressed: ['8014'] });
  expect(await feed.follow()).toBe(0);

  // Another that loads all at once comes to the same.
  const fresh = createDirectoryFeed(store);
  expect(await fresh.follow()).toBe(2);
  expect(fresh.positions()).toEqual(feed.positions());
  for (const days of [-1, 0, 4, 6, 9, 11]) expect(ask(fresh, 2, days)).toEqual(ask(feed, 2, days));
});

it("takes the device's own word after the inventory's of the same time", async () => {
  await tell(1, 5, { event: 'firmware-activated', firmware: '1.2' }, 'device');
  await tell(1, 0, { kind: 'CHF', firmware: '1.0' });
  await tell(1, 5, { event: 'firmware-activated', firmware: '1.1' });
  const feed = createDirectoryFeed(store);
  await feed.follow();
  expect(ask(feed, 1, 6)?.firmware).toBe('1.2');
});

it('misses nothing that arrives while it reads, and takes no device in part', async () => {
  for (const n of [1, 2]) await tell(n, 0, { kind: 'ESME', firmware: `1.${n}` });
  let arriving: (() => Promise<void>) | null = null;
  const busy: Store = {
    ...store,
    async bytes(...query) {
      await arriving?.();
      return store.bytes(...query);
    },
  };
  const feed = createDirectoryFeed(busy);
  arriving = async () => {
    arriving = null;
    await tell(1, 3, { event: 'firmware-activated', firmware: '7.1' });
    await tell(3, 3, { kind: 'GSME', firmware: '7.3' });
  };
  expect(await feed.follow()).toBe(2);
  expect(ask(feed, 1, 4)?.firmware).toBe('1.1');
  await tell(2, 3, { event: 'firmware-activated', firmware: '7.2' });
  arriving = async () => {
    arriving = null;
    await tell(1, 4, {
      event: 'firmware-activated',
      firmware: '8.1',
      supplier: 'nobody-has-said-this-before',
    });
  };
  expect(await feed.follow()).toBe(3);
  expect([1, 2, 3].map((n) => ask(feed, n, 3)?.firmware)).toEqual(['7.1', '7.2', '7.3']);
  expect(await feed.follow()).toBe(1);
  expect(ask(feed, 1, 4)?.firmware).toBe('8.1');
});
