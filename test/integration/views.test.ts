import {
  buildHours,
  findStaleHours,
  keepComplete,
  type Store,
  supersedeBuilds,
  sweepBuilds,
} from '@tocsin/clickhouse';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Engine, startEngine } from '../support/fresh-store.ts';
import { feedBlocks, feedLedger, feedRows, HOUR, hourText, makeBlock } from '../support/store-feed.ts';

const FIRST = Date.UTC(2026, 4, 1) / 1000;
const HOURS = [0, 1, 2, 3, 4].map((i) => FIRST + i * HOUR);
const RANGE = "from = '2026-05-01 00:00:00', to = '2026-05-02 00:00:00'";
const AT_ONCE = { graceSeconds: 0, quietSeconds: 0, patienceSeconds: 0 };

let engine: Engine;
let store: Store;

beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.stop());
beforeEach(async () => {
  store = await engine.freshStore();
});

interface Volume {
  hour: string;
  messages: number;
  alerts: number;
}

const readVolume = () =>
  store.rows<Volume>(
    `SELECT toString(hour) AS hour, sum(messages) AS messages, sum(alerts) AS alerts
     FROM ${store.database}.alert_volume(${RANGE}) GROUP BY hour ORDER BY hour`,
  );

/** Builds are looked at by queries that begin in a later second than theirs. */
const untilVisible = () =>
  expect.poll(() => freshHours(), { timeout: 5000, interval: 100 }).toBe(HOURS.length);

async function freshHours(): Promise<number> {
  const [row] = await store.rows<{ n: number }>(
    `SELECT countIf(toUInt128(version) != 0) AS n FROM ${store.database}.hour_versions(${RANGE})`,
  );
  return row!.n;
}

describe('alert_volume', () => {
  it('says the same from raw rows, from builds, and from both', async () => {
    await feedBlocks(store, makeBlock(0, 0, HOURS, 200));
    await feedBlocks(store, makeBlock(1, 0, HOURS, 150));
    const query = `SELECT alert_code, sum(alerts) AS alerts, sum(messages) AS messages, uniqMerge(devices_state) AS devices
      FROM ${store.database}.alert_volume(${RANGE}) GROUP BY alert_code ORDER BY alert_code`;
    const truth = await store.rows(
      `SELECT alert_code, sum(alerts) AS alerts, count() AS messages, uniqExact(device) AS devices
       FROM alerts GROUP BY alert_code ORDER BY alert_code`,
    );
    expect(truth).toHaveLength(3);
    expect(await store.rows(query)).toEqual(truth);
    await buildHours(store, HOURS.slice(0, 2).map(hourText));
    await expect.poll(freshHours, { timeout: 5000 }).toBe(2);
    expect(await store.rows(query)).toEqual(truth);
    await buildHours(store, HOURS.slice(2).map(hourText));
    await untilVisible();
    expect(await store.rows(query)).toEqual(truth);
    // The last word that it is the derived rows that are read now.
    await store.command('TRUNCATE TABLE alerts');
    expect(await store.rows(query)).toEqual(truth);
  });

  it('takes hours by their beginning', async () => {
    await feedBlocks(store, makeBlock(0, 0, HOURS, 203));
    const read = (from: string, to: string) =>
      store.rows<{ hour: string; devices: number }>(
        `SELECT toString(hour) AS hour, max(devices) AS devices
         FROM ${store.database}.alert_volume(from = {from:String}, to = {to:String}) GROUP BY hour ORDER BY hour`,
        { from, to },
      );
    const hours = (rows: { hour: string }[]) => rows.map(({ hour }) => hour.slice(11, 13));
    expect(hours(await read('2026-05-01 01:00:00', '2026-05-01 03:00:00'))).toEqual(['01', '02']);
    expect(hours(await read('2026-05-01 00:30:00', '2026-05-01 02:30:00'))).toEqual(['01', '02']);
  });

  it('counts a late message at once, and a built hour only through one version', async () => {
    await feedBlocks(store, makeBlock(0, 0, HOURS, 103));
    await buildHours(store, HOURS.map(hourText));
    await buildHours(store, HOURS.map(hourText));
    await untilVisible();
    const before = await readVolume();
    expect(before.map(({ messages }) => messages)).toEqual([20, 20, 20, 20, 20]);
    const late = makeBlock(0, 104, [HOURS[2]!], 13);
    await feedLedger(store, [late]);
    expect(await readVolume()).toEqual(before);
    await feedRows(store, [late]);
    expect((await readVolume()).map(({ messages }) => messages)).toEqual([20, 20, 30, 20, 20]);
  });

  it('ignores a version without its commit, one that falls short, and a buried one', async () => {
    await feedBlocks(store, makeBlock(0, 0, HOURS, 103));
    const truth = await readVolume();
    await store.command(
      `INSERT INTO rollup_hours SELECT generateUUIDv7(), hour, '8F3E', 0, repeat('0', 16), 'json', 7, 20, uniqState(toFixedString('x', 16))
       FROM blocks GROUP BY hour`,
    );
    expect(await readVolume()).toEqual(truth);
    await store.command(
      `INSERT INTO builds (target, bucket, version, source_rows, at)
       SELECT 'rollup_hours', hour, version, 19, now64(6) - 10 FROM rollup_hours`,
    );
    expect(await readVolume()).toEqual(truth);
    await store.command(
      `INSERT INTO builds (target, bucket, version, source_rows, at, superseded)
       SELECT 'rollup_hours', hour, version, 20, now64(6) - 10, arrayJoin([false, true]) FROM rollup_hours`,
    );
    expect(await readVolume()).toEqual(truth);
  });

  it('does not look at a version that was committed after the query began', async () => {
    // A query takes its parts of one table before those of the other. What it may not use is a commit that it sees
    // of rows that it does not: one stamped later than its own beginning. Here stands such a commit, for any query.
    await feedBlocks(store, makeBlock(0, 0, HOURS, 103));
    const truth = await readVolume();
    await store.command(
      `INSERT INTO builds (target, bucket, version, source_rows, at)
       SELECT 'rollup_hours', hour, generateUUIDv7(), sum(hour_accepted), now64(6) + 3600 FROM blocks GROUP BY hour`,
    );
    expect(await readVolume()).toEqual(truth);
    expect(truth).toHaveLength(HOURS.length);
  });
});

describe('merged parts', () => {
  it('lose no row where a fraction of a second is compared with a second', async () => {
    await store.command(
      `INSERT INTO alerts (received_at, planned_at) SELECT '2026-05-01 00:00:36.157', '2026-05-01 00:00:36.157'`,
    );
    await store.command(
      `INSERT INTO builds (target, bucket, version, at) SELECT 'x', '2026-05-01 00:00:00', generateUUIDv7(), '2026-05-01 00:00:36.157160'`,
    );
    for (const [table, column] of [
      ['alerts', 'planned_at'],
      ['builds', 'at'],
    ] as const) {
      // A rewrite of the part is what makes the server gather statistics of it.
      await store.command(`OPTIMIZE TABLE ${table} FINAL`);
      const rows = await store.rows(
        `SELECT 1 AS one FROM ${table}
         WHERE ${column} > toDateTime('2026-05-01 00:00:36', 'UTC') AND ${column} < toDateTime('2026-05-01 00:00:37', 'UTC')`,
      );
      expect(rows, `${table}.${column}`).toEqual([{ one: 1 }]);
    }
  });
});

describe('while alerts arrive and hours are built', () => {
  // Every state that an hour has been in, as whole blocks: the alerts for a number of messages.
  const states = new Map<string, Map<number, number>>();
  const ledgered = new Map<string, number>();
  const inserted = new Map<string, number>();
  const READS = 150;
  const BUILDS = 10;
  const FRESH = 15;

  async function feed(going: () => boolean): Promise<number> {
    let offset = 0;
    let blocks = 0;
    while (going()) {
      // Most blocks belong to one or two hours, so that the others have time to be fresh.
      const hours = [HOURS[blocks % 5]!, HOURS[Math.floor(blocks / 5) % 5]!];
      const block = makeBlock(blocks % 3, offset, hours, 23 + (blocks % 7));
      const sums = new Map<string, { messages: number; alerts: number }>();
      for (const { receivedAt, alerts } of block.accepted) {
        const sum = sums.get(hourText(receivedAt)) ?? { messages: 0, alerts: 0 };
        sums.set(hourText(receivedAt), { messages: sum.messages + 1, alerts: sum.alerts + alerts });
      }
      for (const [hour, { messages, alerts }] of sums) {
        const seen = states.get(hour) ?? new Map([[0, 0]]);
        const before = ledgered.get(hour) ?? 0;
        states.set(hour, seen.set(before + messages, seen.get(before)! + alerts));
        ledgered.set(hour, before + messages);
      }
      await feedBlocks(store, block);
      for (const [hour, { messages }] of sums) inserted.set(hour, (inserted.get(hour) ?? 0) + messages);
      offset = block.last + 1;
      blocks += 1;
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
    return blocks;
  }

  async function build(going: () => boolean, count: { builds: number }): Promise<void> {
    while (going()) {
      const due = await keepComplete(store, await findStaleHours(store, AT_ONCE));
      if (due.length > 0)
        await buildHours(
          store,
          due.map(({ hour }) => hour),
        );
      if (due.length > 0) count.builds += 1;
      await supersedeBuilds(store);
      await sweepBuilds(store, 5);
      // Leaves the engine to the readers for a while.
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  async function read(going: () => boolean, count: { reads: number; fresh: number }): Promise<string[]> {
    const faults: string[] = [];
    let last = new Map<string, number>();
    while (going()) {
      const least = new Map(inserted);
      const rows = await readVolume();
      const now = new Map(rows.map(({ hour, messages }) => [hour, messages]));
      for (const [hour, floor] of least)
        if ((now.get(hour) ?? 0) < floor) faults.push(`${hour}: ${now.get(hour) ?? 0} of ${floor} inserted`);
      for (const [hour, before] of last)
        if ((now.get(hour) ?? 0) < before)
          faults.push(`${hour}: back from ${before} to ${now.get(hour) ?? 0}`);
      for (const { hour, messages, alerts } of rows) {
        if (messages > ledgered.get(hour)!)
          faults.push(`${hour}: ${messages} of ${ledgered.get(hour)} ledgered`);
        if (states.get(hour)?.get(messages) !== alerts)
          faults.push(`${hour}: ${messages} messages, ${alerts} alerts is no state it was in`);
      }
      last = now;
      count.reads += 1;
      if (count.reads % 10 === 0) count.fresh += await freshHours();
    }
    return faults;
  }

  it('every read is a whole state: nothing is lost, doubled, or taken back', async () => {
    const count = { builds: 0, reads: 0, fresh: 0 };
    const deadline = Date.now() + 90_000;
    let failed = false;
    const going = () =>
      !failed &&
      Date.now() < deadline &&
      (count.reads < READS || count.builds < BUILDS || count.fresh < FRESH);
    const stop = (error: unknown) => {
      failed = true;
      throw error;
    };
    const [blocks, , , ...faults] = await Promise.all([
      feed(going).catch(stop),
      build(going, count).catch(stop),
      build(going, count).catch(stop),
      read(going, count).catch(stop),
      read(going, count).catch(stop),
    ]);
    expect(faults.flat()).toEqual([]);
    expect(count.reads).toBeGreaterThanOrEqual(READS);
    expect(count.builds).toBeGreaterThanOrEqual(BUILDS);
    expect(count.fresh).toBeGreaterThanOrEqual(FRESH);
    expect(blocks).toBeGreaterThan(10);
    const total = [...ledgered.values()].reduce((sum, n) => sum + n, 0);
    expect((await readVolume()).reduce((sum, { messages }) => sum + messages, 0)).toBe(total);
  });
});
