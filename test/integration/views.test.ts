import { buildBuckets, type Store } from '@tocsin/clickhouse';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Engine, startEngine } from '../support/fresh-store.ts';
import {
  correct,
  feedBlocks,
  feedLedger,
  feedRows,
  HOUR,
  hourText,
  makeBlock,
} from '../support/store-feed.ts';
import { countFresh, ROLLUP } from '../support/targets.ts';

const FIRST = Date.UTC(2026, 4, 1) / 1000;
const HOURS = [0, 1, 2, 3, 4].map((i) => FIRST + i * HOUR);
const RANGE = "from = '2026-05-01 00:00:00', to = '2026-05-02 00:00:00'";

let engine: Engine;
let store: Store;

beforeAll(async () => {
  engine = await startEngine();
  store = await engine.freshStore();
});
afterAll(() => engine.stop());
beforeEach(() => engine.empty(store));

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
const untilVisible = () => expect.poll(() => freshHours(), { interval: 100 }).toBe(HOURS.length);

const freshHours = () => countFresh(store, ROLLUP, RANGE);

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
    await buildBuckets(store, ROLLUP, HOURS.slice(0, 2).map(hourText));
    await expect.poll(freshHours).toBe(2);
    expect(await store.rows(query)).toEqual(truth);
    await buildBuckets(store, ROLLUP, HOURS.slice(2).map(hourText));
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
    await buildBuckets(store, ROLLUP, HOURS.map(hourText));
    await buildBuckets(store, ROLLUP, HOURS.map(hourText));
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
      `INSERT INTO rollup_hours (version, hour, alert_code, alerts, messages)
       SELECT generateUUIDv7(), hour, '8F3E', 7, 20 FROM blocks GROUP BY hour`,
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

  describe('with corrections', () => {
    const byFirmware = () =>
      store.rows<{ firmware: string; messages: number }>(
        `SELECT firmware, sum(messages) AS messages FROM ${store.database}.alert_volume(${RANGE})
         GROUP BY firmware ORDER BY firmware`,
      );
    const untilSeen = (expected: unknown) => expect.poll(byFirmware).toEqual(expected);

    it('shows the rows as they should have been, raw and built alike, and no more of them', async () => {
      await feedBlocks(store, makeBlock(0, 0, HOURS, 103));
      const before = await readVolume();
      await correct(store, 'offset < 30', '9.9.9');
      const after = [
        { firmware: '1.10.4', messages: 36 },
        { firmware: '1.11.2', messages: 36 },
        { firmware: '9.9.9', messages: 28 },
      ];
      await untilSeen(after);
      expect(await readVolume()).toEqual(before);
      await buildBuckets(store, ROLLUP, HOURS.map(hourText));
      await untilVisible();
      expect(await byFirmware()).toEqual(after);
      expect(await readVolume()).toEqual(before);
      await store.command('TRUNCATE TABLE alerts');
      expect(await byFirmware()).toEqual(after);
    });

    it('shows none that is not committed', async () => {
      await feedBlocks(store, makeBlock(0, 0, HOURS, 103));
      const before = await byFirmware();
      await correct(store, 'true', '9.9.9', async () => {
        expect(await byFirmware()).toEqual(before);
      });
      await untilSeen([{ firmware: '9.9.9', messages: 100 }]);
    });

    it('lets the greatest revision of a position hold', async () => {
      await feedBlocks(store, makeBlock(0, 0, HOURS, 103));
      await correct(store, 'true', '1.0.0');
      await correct(store, 'offset < 52', '2.0.0');
      await untilSeen([
        { firmware: '1.0.0', messages: 50 },
        { firmware: '2.0.0', messages: 50 },
      ]);
    });

    it('takes a build for stale that was made before one was committed, whatever their order', async () => {
      await feedBlocks(store, makeBlock(0, 0, [HOURS[0]!], 103));
      await correct(store, 'offset % 4 = 1', '1.0.0', async () => {
        // A second writer begins after the first one and commits before it.
        await correct(store, 'offset % 4 = 3', '2.0.0');
        await expect.poll(async () => (await byFirmware()).at(-1)).toMatchObject({ firmware: '2.0.0' });
        await buildBuckets(store, ROLLUP, [hourText(HOURS[0]!)]);
        await expect.poll(freshHours).toBe(1);
      });
      await expect.poll(freshHours).toBe(0);
      const corrected = (await byFirmware()).filter(({ firmware }) => ['1.0.0', '2.0.0'].includes(firmware));
      expect(corrected.map(({ messages }) => messages)).toEqual([25, 25]);
    });
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
