import {
  buildBuckets,
  commitRevision,
  markReattributed,
  reattributionProgress,
  requestedHours,
  requestReattribution,
  revisionsAreVisible,
  type Store,
  seal,
  sealedBefore,
  sweepBuilds,
  TARGETS,
  verifyStore,
  writeDrained,
} from '@tocsin/clickhouse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Engine, startEngine } from '../support/fresh-store.ts';
import { feedBlocks, HOUR, hourText, makeBlock, STREAM } from '../support/store-feed.ts';
import { until } from '../support/until.ts';

const DAY = 24 * HOUR;
const TODAY = Math.floor(Date.now() / 1000 / DAY) * DAY;
/** Hours of three days: two that are to be sealed, and one that isn't. */
const HOURS = [-5, -4, -1].flatMap((days) => [2, 3, 20].map((hour) => TODAY + days * DAY + hour * HOUR));
const OLD = [-5, -4].map((days) => hourText(TODAY + days * DAY).slice(0, 10));
const POLICY = { keepDays: 3, queriesSeconds: 0 };

let engine: Engine;
let store: Store;
/** Declared and drained, with nothing built; and with everything. */
let fed: () => Promise<void>;
let built: () => Promise<void>;
beforeAll(async () => {
  engine = await startEngine();
  store = await engine.freshStore();
  await feedBlocks(store, makeBlock(0, 0, HOURS, 93), makeBlock(1, 0, HOURS, 93));
  // Declared, and not yet drained: so nothing is sealed.
  expect(await seal(store, POLICY)).toMatchObject({ sealed: [], dropped: [] });
  await drain(0, 1);
  fed = await engine.keep(store);
  await buildAll();
  built = await engine.keep(store);
});
afterAll(() => engine.stop());

/** As their owners would say once they have read what is declared. */
const drain = async (...partitions: number[]) =>
  writeDrained(store, STREAM, partitions, await sealedBefore(store));

async function buildAll(): Promise<void> {
  for (const target of TARGETS) {
    const seconds = target.bucketSeconds;
    const buckets = [...new Set(HOURS.map((hour) => Math.floor(hour / seconds) * seconds))];
    await buildBuckets(
      store,
      target,
      buckets.map((bucket) => hourText(bucket)),
    );
  }
  await until('builds to be seen', async () => {
    const [row] = await store.rows<{ n: number }>(
      'SELECT count() AS n FROM builds WHERE at >= initialQueryStartTime()',
    );
    return row?.n === 0;
  });
}

const RANGE = "from = toDateTime(0, 'UTC'), to = toDateTime(4294967295, 'UTC')";
const answers = () =>
  Promise.all([
    store.rows(
      `SELECT hour, alert_code, model, sum(volume.alerts) AS n_alerts, uniqMerge(devices_state) AS n_devices
       FROM ${store.database}.alert_volume(${RANGE}) AS volume GROUP BY ALL ORDER BY ALL`,
    ),
    store.rows(`SELECT * FROM ${store.database}.top_devices(${RANGE}) ORDER BY ALL`),
    store.rows(`SELECT * FROM ${store.database}.alert_stoppability(${RANGE}) ORDER BY ALL`),
  ]);
const rawDays = async () =>
  (
    await store.rows<{ day: string }>(
      'SELECT DISTINCT toString(toDate(received_at)) AS day FROM alerts ORDER BY day',
    )
  ).map(({ day }) => day);

/** One row of the oldest day is to be read as corrected. */
async function correctOne(): Promise<void> {
  const one = 'FROM alerts WHERE partition = 0 AND offset = 2';
  await store.command(`INSERT INTO corrections SELECT 7, * REPLACE ('corrected' AS model) ${one}`);
  await store.command(
    `INSERT INTO revisions (hour, revision, corrected) SELECT toStartOfHour(received_at), 7, 1 ${one}`,
  );
  await revisionsAreVisible(store, 0, Date.now());
}

it('drops the raw rows of old days and their corrections, and answers as before', async () => {
  await fed();
  await correctOne();
  await buildAll();
  const before = await answers();
  expect(JSON.stringify(before)).toContain('corrected');
  expect(before.every((rows) => rows.length > 0)).toBe(true);
  // Drained long ago: so every correction that began before is over.
  await store.command('INSERT INTO drained SELECT stream, partition, before, at - 7200 FROM drained');
  const sealed = { sealed: OLD, dropped: [], undrained: [] };
  expect(await seal(store, { ...POLICY, queriesSeconds: 3600 })).toEqual(sealed);
  expect(await sealedBefore(store)).toBe((TODAY - 3 * DAY) * 1000);
  expect(await answers()).toEqual(before);
  await until('the day to be dropped', async () => (await seal(store, POLICY)).dropped.length > 0);
  expect(await rawDays()).toEqual([hourText(TODAY - DAY).slice(0, 10)]);
  expect(await answers()).toEqual(before);
  expect(await verifyStore(store)).toMatchObject({
    ok: true,
    counts: { accepted: 180, viewMessages: 180, rawRows: 60 },
  });
  expect(await store.rows('SELECT count() AS n FROM corrections')).toEqual([{ n: 0 }]);
  expect(await seal(store, POLICY)).toEqual({ sealed: [], dropped: [], undrained: [] });
});

it('waits for every bucket of a day to be fresh', async () => {
  await built();
  await feedBlocks(store, makeBlock(0, 94, [HOURS[0]!], 13));
  expect((await seal(store, POLICY)).sealed).toEqual([OLD[1]]);
  await buildAll();
  expect((await seal(store, POLICY)).sealed).toEqual([OLD[0]]);
});

it('seals no hour of a day of which another goes stale while it is at it', async () => {
  await built();
  const racing: Store = {
    ...store,
    async command(query, ...rest) {
      if (query.startsWith('INSERT INTO sealed_versions')) await correctOne();
      return store.command(query, ...rest);
    },
  };
  expect((await seal(racing, POLICY)).sealed).toEqual([OLD[1]]);
  expect(await store.rows('SELECT DISTINCT toString(toDate(bucket)) AS day FROM sealed_versions')).toEqual([
    { day: OLD[1] },
  ]);
});

it('drops no day of which a bucket is not sealed', async () => {
  await built();
  await store.command(
    `INSERT INTO sealed_versions (target, bucket, version)
     SELECT target, bucket, version FROM builds WHERE target = 'rollup_hours' AND bucket = '${hourText(HOURS[0]!)}'`,
  );
  await feedBlocks(store, makeBlock(0, 94, [HOURS[1]!], 13));
  await until('the other day to be dropped', async () => (await seal(store, POLICY)).dropped.length > 0);
  expect(await rawDays()).toContain(OLD[0]);
  await buildAll();
  await until('the rest to be sealed and dropped', async () => {
    await seal(store, POLICY);
    return (await rawDays()).length === 1;
  });
});

it('lets nothing be corrected before the declared day, whatever was known when it was compared', async () => {
  await fed();
  const id = await requestReattribution(store, (TODAY - 6 * DAY) * 1000, TODAY * 1000);
  // Carried out before the day was declared.
  const [begins, ends] = [-5, -4].map((days) => TODAY + days * DAY) as [number, number];
  await markReattributed(store, [{ id, stream: STREAM, partition: 0, begins, ends }], 10, 1);
  const hours = new Map([HOURS[1]!, HOURS.at(-1)!].map((hour) => [hour, 4]));
  await commitRevision(store, '12', hours, { stream: STREAM, claims: new Map([[0, '0']]) });
  expect(
    await store.rows('SELECT toUnixTimestamp(hour) AS hour, revision, corrected FROM revisions'),
  ).toEqual([{ hour: HOURS.at(-1), revision: 12, corrected: 4 }]);
  const open = await requestedHours(store, STREAM, [0, 1]);
  const today = HOURS.at(-1)! - (HOURS.at(-1)! % DAY);
  expect(open.map(({ partition, begins }) => [partition, begins])).toEqual([
    [0, today],
    [1, today],
  ]);
  expect(await reattributionProgress(store, id)).toEqual({
    pieces: 6,
    done: 1,
    sealed: 3,
    compared: 10,
    corrected: 1,
  });
});

it('waits until no plan from before is under way, of any partition of the newest epoch, and names those it waits for', async () => {
  await engine.empty(store);
  await feedBlocks(store, makeBlock(0, 0, HOURS, 93), makeBlock(1, 0, HOURS, 93));
  // A retired epoch has nobody who could speak for it; a partition may be drained before its first block.
  await store.command(
    "INSERT INTO blocks SELECT * REPLACE ('cluster/alerts/0' AS stream, 7 AS partition, 0 AS hour_accepted) FROM blocks WHERE partition = 0",
  );
  await writeDrained(store, STREAM, [2], 0);
  await buildAll();
  const named = (...partitions: number[]) => partitions.map((partition) => `${STREAM}/${partition}`);
  expect(await seal(store, POLICY)).toEqual({ sealed: [], dropped: [], undrained: named(0, 1, 2) });
  await drain(0, 2);
  await writeDrained(store, STREAM, [1], (TODAY - 4 * DAY) * 1000);
  expect(await seal(store, POLICY)).toMatchObject({ sealed: [OLD[0]], undrained: named(1) });
  await drain(1);
  expect(await seal(store, { ...POLICY, queriesSeconds: 3600 })).toMatchObject({
    sealed: [],
    undrained: named(0, 1, 2),
  });
  expect(await seal(store, POLICY)).toMatchObject({ sealed: [OLD[1]], undrained: [] });
  expect(await sealedBefore(store)).toBe((TODAY - 3 * DAY) * 1000);
});

describe('of days whose raw rows are gone', () => {
  let dropped: () => Promise<void>;
  beforeAll(async () => {
    await built();
    await until('the days to be dropped', async () => {
      await seal(store, POLICY);
      return (await rawDays()).length === 1;
    });
    expect((await verifyStore(store)).violations).toEqual({});
    dropped = await engine.keep(store);
  });

  it.each([
    [
      'a bucket of a sealed day without its seal',
      `ALTER TABLE sealed_versions DELETE WHERE target = 'device_days' AND toDate(bucket) = '${OLD[0]}'`,
      { 'sealed-whole': 1 },
    ],
    [
      'messages of a sealed bucket lost',
      `ALTER TABLE rollup_hours UPDATE messages = messages - 1 WHERE hour = '${hourText(HOURS[0]!)}' AND model = 'CS-1'`,
      { 'sealed-whole': 1 },
    ],
    [
      'alerts of a sealed minute falsified',
      `ALTER TABLE load_minutes UPDATE alerts = alerts + 1 WHERE hour = '${hourText(HOURS[0]!)}' AND region = 'North'`,
      { 'sealed-agree': 1 },
    ],
    [
      'alerts of a sealed day falsified',
      `ALTER TABLE device_days UPDATE alerts = alerts + 1 WHERE toDate(day) = '${OLD[0]}' AND alert_code = 'AD1'`,
      { 'sealed-agree': 1 },
    ],
  ])('verify names %s', async (_, harm, violations) => {
    await dropped();
    await store.command(harm, {}, { mutations_sync: '2' });
    const report = await verifyStore(store, { settleMs: 0 });
    expect(report.violations).toMatchObject(violations);
    for (const check of Object.keys(violations))
      expect(report.differences.find((one) => one.check === check)?.detail).toBeTruthy();
  });
});

it('never sweeps a version that is sealed, and two that seal do no harm', async () => {
  await built();
  const before = await answers();
  await Promise.all([seal(store, POLICY), seal(store, POLICY)]);
  await until('the days to be dropped', async () => {
    await Promise.all([seal(store, POLICY), seal(store, POLICY)]);
    return (await rawDays()).length === 1;
  });
  // A correction that was under way is no reason to build a sealed hour again.
  await store.command(
    `INSERT INTO revisions (hour, revision, corrected) VALUES ('${hourText(HOURS[0]!)}', 1, 0)`,
  );
  for (const target of TARGETS) {
    await store.command(
      `INSERT INTO builds (target, bucket, version, revision, source_rows, superseded)
       SELECT target, bucket, version, 0, 0, true FROM sealed_versions WHERE target = '${target.table}'`,
    );
    expect(await sweepBuilds(store, target, 0)).toBe(0);
  }
  expect(await answers()).toEqual(before);
});
