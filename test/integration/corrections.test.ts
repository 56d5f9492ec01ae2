import {
  formatHistoryRow,
  HISTORY_COLUMNS,
  reattributionProgress,
  requestedHours,
  requestReattribution,
  revisionsAreVisible,
  type Store,
} from '@tocsin/clickhouse';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Member, startMember } from '../support/corrector.ts';
import { type Engine, startEngine } from '../support/fresh-store.ts';
import { countMisattributed } from '../support/inventory-feed.ts';
import { feedBlocks, makeBlock, STREAM } from '../support/store-feed.ts';

const DEVICE = '00-DB-12-34-56-78-90-A0';
const INSTALLED = Date.UTC(2020, 0, 1);
const RECEIVED = Date.UTC(2020, 6, 1, 12);

let engine: Engine;
let store: Store;
let told: number;
beforeAll(async () => {
  engine = await startEngine();
  store = await engine.freshStore();
});
afterAll(() => engine.stop());
beforeEach(async () => {
  await engine.empty(store);
  told = 0;
});

/** What the inventory says of the device's supplier, always from the same time on: the last word holds. */
async function tell(supplier: string): Promise<void> {
  const body = formatHistoryRow({
    stream: 'cluster/inventory/1',
    partition: 0,
    offset: told++,
    plannedAt: INSTALLED,
    recordedAt: INSTALLED,
    effectiveAt: INSTALLED,
    device: DEVICE.replaceAll('-', ''),
    source: 'inventory',
    eventId: `e-${told}`,
    change: { event: 'installed', kind: 'ESME', supplier },
  });
  await store.insert({ table: 'device_history', columns: HISTORY_COLUMNS, format: 'TabSeparated', body });
}

const alert = (member: Member, offset: number) =>
  member.alert(offset, {
    requestId: `${DEVICE}:00-00-00-00-00-00-00-00:${offset}`,
    deviceId: DEVICE,
    alertCode: '8014',
    raisedAt: new Date(RECEIVED + offset * 1000).toISOString(),
    receivedAt: new Date(RECEIVED + offset * 1000).toISOString(),
  });

/** The store, with something that happens before the next insert into a table, or instead of it where that throws. */
function interruptible(): { store: Store; before: (table: string, act: () => Promise<void>) => void } {
  const acts = new Map<string, () => Promise<void>>();
  const reached = async (table: string) => {
    const act = acts.get(table);
    acts.delete(table);
    await act?.();
  };
  const insert: Store['insert'] = async (request) => {
    await reached(request.table);
    return store.insert(request);
  };
  const command: Store['command'] = async (query, ...rest) => {
    const [, table = ''] = /^INSERT INTO (\w+)/.exec(query) ?? [];
    await reached(table);
    return store.command(query, ...rest);
  };
  return { store: { ...store, insert, command }, before: (table, act) => void acts.set(table, act) };
}

const fail = async () => {
  throw new Error('the store is away');
};

/** Rows that are not as the history says, once all that is committed is seen. */
async function misattributed(): Promise<number> {
  await revisionsAreVisible(store, 0, Date.now());
  return countMisattributed({ store });
}

describe('a takeover by a member that knows less of the devices than its predecessor', () => {
  it('leaves no row as it was known before', async () => {
    await tell('sup-01');
    const [first, second] = [await startMember(store), await startMember(store)];
    await first.takeOver();
    await alert(first, 0);
    await tell('sup-02');
    await first.follow();
    await first.correct();
    expect(await misattributed()).toBe(0);

    await second.takeOver();
    await alert(second, 1);
    await second.follow();
    await second.correct();
    expect(await misattributed()).toBe(0);
  });

  it('does not take the word of the predecessor for rows that it has not seen', async () => {
    await tell('sup-01');
    const writes = interruptible();
    const [first, second] = [await startMember(store, writes.store), await startMember(store)];
    await first.takeOver();
    await alert(first, 0);
    await tell('sup-02');
    await first.follow();
    // It has compared its rows, and says so only when the other has gone on.
    writes.before('reattributed', async () => {
      await second.takeOver();
      await alert(second, 1);
    });
    await first.correct();
    expect(await misattributed()).toBe(1);

    // The second has not come to its first round when it is killed.
    const third = await startMember(store);
    await third.takeOver();
    await third.correct();
    expect(await misattributed()).toBe(0);
  });
});

it('commits nothing that it compared before another took the partition, however late it is', async () => {
  await tell('sup-01');
  let sleep: (() => Promise<void>) | null = null;
  const asleep: Store = {
    ...store,
    async rows<Row>(query: string, ...rest: [object?, object?]) {
      const slept = query.includes('AS revision') ? sleep : null;
      if (slept) sleep = null;
      await slept?.();
      return store.rows<Row>(query, ...(rest as []));
    },
  };
  const [first, second] = [await startMember(store, asleep), await startMember(store)];
  await first.takeOver();
  await alert(first, 0);
  await tell('sup-02');
  await first.follow();
  // It has read its row; before it makes its revision, the next owner knows more and has corrected it.
  sleep = async () => {
    await tell('sup-03');
    await second.follow();
    await second.takeOver();
    await second.correct();
  };
  await first.correct();
  expect(sleep).toBeNull();
  expect(await misattributed()).toBe(0);
  expect(await store.rows('SELECT count() AS n FROM revisions')).toEqual([{ n: 1 }]);
});

describe('corrections that break off', () => {
  it.each(['corrections', 'revisions', 'reattributed'])(
    'before the insert into %s are made all the same',
    async (table) => {
      await tell('sup-01');
      const writes = interruptible();
      const member = await startMember(store, writes.store);
      await member.takeOver();
      for (const offset of [0, 1, 2]) await alert(member, offset);
      await tell('sup-02');
      await member.follow();
      writes.before(table, fail);
      await expect(member.correct()).rejects.toThrow('away');

      // Killed, and started again.
      const next = await startMember(store);
      await next.takeOver();
      await next.correct();
      expect(await misattributed()).toBe(0);
      // A revision holds as many rows as it says.
      const [row] = await store.rows(
        `SELECT (SELECT sum(corrected) FROM revisions) AS said,
         (SELECT count() FROM corrections WHERE revision IN (SELECT revision FROM revisions)) AS there`,
      );
      expect(row).toEqual({ said: 3, there: 3 });
    },
  );
});

it('a revision of the hours that queries do not see yet is waited for, and none of others', async () => {
  await tell('sup-01');
  const member = await startMember(store);
  await member.takeOver();
  await alert(member, 0);
  await member.correct();
  await store.command(
    "INSERT INTO corrections SELECT 7, * REPLACE ('sup-09' AS supplier) FROM alerts WHERE offset = 0",
  );
  await requestReattribution(store, RECEIVED, RECEIVED + 1);
  // As of a server whose clock is ahead: what is committed within the second goes by too fast.
  await store.command(
    `INSERT INTO revisions (hour, revision, corrected, at) VALUES
       (fromUnixTimestamp({received:UInt32}), 7, 1, now64(6) + INTERVAL 5 SECOND), ('2090-01-01 00:00:00', 8, 1, '2090-01-01 00:00:00')`,
    { received: RECEIVED / 1000 },
  );
  await member.correct();
  expect(await misattributed()).toBe(0);
});

it('what was asked to be compared is carried out by day, once, and nothing else', async () => {
  // Over midnight; asked for are the second hour and the third.
  const hours = [22, 23, 24, 25].map((hour) => Date.UTC(2020, 6, 1, hour) / 1000);
  const [, eleven, midnight, one] = hours as [number, number, number, number];
  await feedBlocks(store, makeBlock(0, 0, hours, 103), makeBlock(1, 0, hours, 103));
  const member = await startMember(store);
  await member.takeOver();
  await member.correct();
  const id = await requestReattribution(store, eleven * 1000 + 1, one * 1000 - 1);
  expect(await reattributionProgress(store, id)).toEqual({
    pieces: 4,
    done: 0,
    sealed: 0,
    compared: 0,
    corrected: 0,
  });
  // The member has one partition of two, and knows nothing of its devices.
  await member.correct();
  expect(await reattributionProgress(store, id)).toEqual({
    pieces: 4,
    done: 2,
    sealed: 0,
    compared: 50,
    corrected: 50,
  });
  expect(await requestedHours(store, STREAM, [0])).toEqual([]);
  expect(await requestedHours(store, STREAM, [0, 1])).toMatchObject([
    { id, partition: 1, begins: eleven, ends: midnight },
    { id, partition: 1, begins: midnight, ends: one },
  ]);
  await member.correct();
  const corrected =
    'SELECT toUnixTimestamp(hour) AS hour, sum(corrected) AS rows FROM revisions GROUP BY hour ORDER BY hour';
  expect(await store.rows(corrected)).toEqual([
    { hour: eleven, rows: 25 },
    { hour: midnight, rows: 25 },
  ]);
});

it('rows of a retired epoch are compared by who owns their partition now', async () => {
  const hour = Date.UTC(2020, 6, 1, 12) / 1000;
  await feedBlocks(store, makeBlock(0, 0, [hour], 103));
  for (const table of ['blocks', 'alerts'])
    await store.command(`INSERT INTO ${table} SELECT * REPLACE ('cluster/alerts/0' AS stream) FROM ${table}`);
  const member = await startMember(store);
  await member.takeOver();
  const id = await requestReattribution(store, hour * 1000, hour * 1000 + 1);
  await member.correct();
  expect(await reattributionProgress(store, id)).toMatchObject({ pieces: 2, done: 2, corrected: 200 });
});
