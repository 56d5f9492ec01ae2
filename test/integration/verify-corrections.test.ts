import { buildBuckets, type CheckName, type Store, TARGETS, verifyStore } from '@tocsin/clickhouse';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Engine, startEngine } from '../support/fresh-store.ts';
import { correct, feedBlocks, HOUR, hourText, insertRows, makeBlock, STREAM } from '../support/store-feed.ts';
import { countFresh } from '../support/targets.ts';
import { until } from '../support/until.ts';

// Over midnight, so that there are two days.
const FIRST = Date.UTC(2026, 4, 1, 22) / 1000;
const HOURS = [0, 1, 2, 3].map((i) => FIRST + i * HOUR);
const HISTORY = 'cluster/inventory/1';

let engine: Engine;
let store: Store;
/** Puts back whatever a test harmed. */
let again: () => Promise<void>;

beforeAll(async () => {
  engine = await startEngine();
  store = await engine.freshStore();
  await fill();
  again = await engine.keep(store);
});
afterAll(() => engine.stop());
beforeEach(() => again());

/** Rows corrected twice, some of them by both, a history that they were compared with, and every target built. */
async function fill(): Promise<void> {
  await feedBlocks(store, makeBlock(0, 0, HOURS, 103), makeBlock(1, 0, HOURS, 103));
  await correct(store, 'offset % 2 = 0', '1.0.0');
  await correct(store, 'partition = 1 AND offset < 50', '2.0.0');
  const rows = Array.from({ length: 5 }, (_, offset) => ({ stream: HISTORY, partition: 0, offset }));
  await insertRows(
    store,
    'device_history',
    rows.map((row) => ({ ...row, device: 'A'.repeat(16), source: 'device', event: 'firmware-activated' })),
  );
  await insertRows(
    store,
    'reattributed',
    [0, 1].map((partition) => ({ stream: STREAM, partition, through: { [`${HISTORY}/0`]: 5 } })),
  );
  const seen = () =>
    store.rows<{ n: number }>('SELECT count() AS n FROM revisions WHERE at >= initialQueryStartTime()');
  await until('the revisions to be seen', async () => (await seen())[0]!.n === 0);
  for (const target of TARGETS) {
    const begun = HOURS.map((hour) => hour - (hour % target.bucketSeconds));
    const buckets = [...new Set(begun.map(hourText))];
    await buildBuckets(store, target, buckets);
    await until('the builds to be seen', async () => (await countFresh(store, target)) === buckets.length);
  }
}

/** The history is written by hand here, without its alerts and its ledger. */
const found = async () => {
  const { violations, differences, counts } = await verifyStore(store, { settleMs: 0 });
  const checks: CheckName[] = [
    'revision-count',
    'correction-unfounded',
    'watermark-end',
    'build-source',
    'build-content',
    'view-total',
  ];
  for (const check of checks)
    if (violations[check]) expect(differences.find((one) => one.check === check)?.detail).toBeTruthy();
  return { counts, violated: checks.filter((check) => violations[check]) };
};

it('proves corrections and builds that are in order', async () => {
  const { counts, violated } = await found();
  expect(violated).toEqual([]);
  expect(counts.fresh).toEqual({ rollup_hours: 4, load_minutes: 4, device_days: 2 });
  expect(counts.corrections).toBe(100 + 48);
});

it('looks at no revision whose corrections may not all be seen yet', async () => {
  await store.command(
    `INSERT INTO revisions (hour, revision, corrected, at) VALUES ('${hourText(FIRST)}', 99, 4, now64(6) + 3600)`,
  );
  expect((await found()).violated).toEqual([]);
});

describe('a store whose corrections or builds were harmed', () => {
  const AT = 'partition = 1 AND offset = 20';
  const harms: [harm: string, statement: string, check: CheckName][] = [
    ['a correction lost', `ALTER TABLE corrections DELETE WHERE ${AT}`, 'revision-count'],
    [
      'a correction doubled',
      `INSERT INTO corrections SELECT * FROM corrections WHERE ${AT}`,
      'revision-count',
    ],
    [
      "a revision's count falsified",
      'ALTER TABLE revisions UPDATE corrected = corrected + 1 WHERE 1',
      'revision-count',
    ],
    [
      'a correction of a row that is not there',
      `INSERT INTO corrections SELECT * REPLACE (9999 AS offset) FROM (SELECT * FROM corrections WHERE ${AT})`,
      'correction-unfounded',
    ],
    [
      'a correction with another N',
      `ALTER TABLE corrections UPDATE alerts = alerts + 1 WHERE ${AT}`,
      'correction-unfounded',
    ],
    [
      'a correction with another time of its hour',
      `INSERT INTO corrections SELECT * REPLACE (received_at + INTERVAL 500 MILLISECOND AS received_at) FROM corrections WHERE ${AT}`,
      'correction-unfounded',
    ],
    [
      'a correction that its builds have not seen',
      `ALTER TABLE corrections UPDATE firmware = '3.0.0' WHERE ${AT}`,
      'build-content',
    ],
    [
      'a watermark beyond the history',
      `INSERT INTO reattributed (stream, partition, through) VALUES ('${STREAM}', 1, map('${HISTORY}/0', 6))`,
      'watermark-end',
    ],
    [
      'a watermark of another history',
      `INSERT INTO reattributed (stream, partition, through) VALUES ('${STREAM}', 1, map('${HISTORY}/1', 1))`,
      'watermark-end',
    ],
    ...TARGETS.flatMap(({ table }): typeof harms => [
      [`rows of ${table} lost`, `ALTER TABLE ${table} DELETE WHERE region = 'North'`, 'build-source'],
      [
        `alerts of ${table} falsified`,
        `ALTER TABLE ${table} UPDATE alerts = alerts + 1 WHERE region = 'North'`,
        'build-content',
      ],
    ]),
    [
      "a device's kind falsified",
      "ALTER TABLE device_days UPDATE device_kind = 'GPF' WHERE region = 'North'",
      'build-content',
    ],
    [
      "a device's last alert falsified",
      'ALTER TABLE device_days UPDATE last_at = last_at + 1 WHERE 1',
      'build-content',
    ],
  ];

  it.each(harms)('%s is named', async (_, statement, check) => {
    await store.command(statement, {}, { mutations_sync: '2', insert_deduplicate: 0 });
    expect((await found()).violated).toContain(check);
  });
});
