import {
  buildBuckets,
  type CheckName,
  claimRedrive,
  countDeadLetters,
  findDeadLetters,
  findDoubtful,
  findStaleBuckets,
  keepComplete,
  recordRedrive,
  type Store,
  verifyStore,
} from '@tocsin/clickhouse';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Engine, startEngine } from '../support/fresh-store.ts';
import {
  feedBlocks,
  feedLedger,
  feedRows,
  HOUR,
  hourText,
  makeBlock,
  STREAM,
} from '../support/store-feed.ts';
import { countFresh, ROLLUP } from '../support/targets.ts';
import { until } from '../support/until.ts';

const FIRST = Date.UTC(2026, 4, 1, 22) / 1000;
// Over midnight, so that blocks have rows of two days.
const HOURS = [0, 1, 2, 3].map((i) => FIRST + i * HOUR);
const BLOCKS = 6;
const SIZE = 43;
/** From one block's first offset to the next one's: its records and a hole of the log. */
const STEP = SIZE + 1;

let engine: Engine;
let store: Store;
/** Two partitions of blocks, half of the hours built, so that every check has something to look at. */
let fill: () => Promise<void>;

beforeAll(async () => {
  engine = await startEngine();
  store = await engine.freshStore();
  const blocks = Array.from({ length: 2 * BLOCKS }, (_, i) =>
    makeBlock(i % 2, Math.floor(i / 2) * STEP, HOURS, SIZE),
  );
  await feedBlocks(store, ...blocks);
  await buildBuckets(store, ROLLUP, HOURS.slice(0, 2).map(hourText));
  await until('the builds to be seen', async () => (await countFresh(store, ROLLUP)) === 2);
  fill = await engine.keep(store);
});
afterAll(() => engine.stop());
beforeEach(() => engine.empty(store));

const harm = (statement: string) =>
  store.command(statement, {}, { mutations_sync: '2', insert_deduplicate: 0 });
const verify = () => verifyStore(store, { settleMs: 0 });

describe('a store in order', () => {
  it('is proved, with its counts', async () => {
    await fill();
    const { partitions, inventory, ...report } = await verify();
    const each = { blocks: BLOCKS, records: 258, accepted: 240, rejected: 12, duplicates: 6 };
    expect(report).toEqual({
      ok: true,
      counts: {
        blocks: 12,
        records: 516,
        accepted: 480,
        rejected: 24,
        duplicates: 12,
        rawRows: 480,
        rawPositions: 480,
        rejectedPositions: 24,
        hours: 4,
        fresh: { rollup_hours: 2, load_minutes: 0, device_days: 0 },
        corrections: 0,
        viewMessages: 480,
      },
      violations: {},
      differences: [],
    });
    expect(inventory).toMatchObject({ counts: { records: 0, rawRows: 0 }, partitions: [] });
    expect(partitions).toEqual(
      [0, 1].map((partition) => ({
        stream: STREAM,
        partition,
        firstOffset: 0,
        lastOffset: BLOCKS * STEP - 1,
        ...each,
      })),
    );
  });

  it('is proved when it is empty', async () => {
    expect(await verify()).toMatchObject({
      ok: true,
      counts: { accepted: 0, viewMessages: 0 },
      partitions: [],
    });
  });
});

describe('a store that was harmed', () => {
  // Block 2 of partition 1: offsets 88 to 131, of which 88 and 89 rejected, 90 to 129 accepted.
  const AT = 'partition = 1 AND offset = 100';
  const BLOCK = 'partition = 1 AND first_offset = 88';
  const LATE = 'toHour(hour) IN (0, 1)';
  const harms: [string, string[], CheckName[]][] = [
    ['a row deleted', [`ALTER TABLE alerts DELETE WHERE ${AT}`], ['rows-missing']],
    [
      'a row doubled',
      [`INSERT INTO alerts SELECT * FROM alerts WHERE ${AT}`],
      ['rows-excess', 'positions-distinct', 'view-total'],
    ],
    [
      'a row doubled and another deleted',
      [
        'INSERT INTO alerts SELECT * FROM alerts WHERE partition = 1 AND offset = 104',
        `ALTER TABLE alerts DELETE WHERE ${AT}`,
      ],
      ['positions-distinct'],
    ],
    [
      'an offset shifted to its neighbour',
      [`ALTER TABLE alerts UPDATE offset = offset + 1 WHERE ${AT}`],
      ['positions-distinct'],
    ],
    [
      'an offset shifted into the next block',
      [`ALTER TABLE alerts UPDATE offset = 133 WHERE ${AT}`],
      ['rows-missing', 'rows-excess'],
    ],
    [
      'an offset shifted onto a dead letter',
      [`ALTER TABLE alerts UPDATE offset = 88 WHERE ${AT}`],
      ['rejects-disjoint'],
    ],
    [
      'an offset shifted beyond the end',
      [`ALTER TABLE alerts UPDATE offset = 9999 WHERE ${AT}`],
      ['ledger-end', 'rows-missing'],
    ],
    [
      'a row moved to an hour that its block does not have',
      [
        `INSERT INTO alerts SELECT * REPLACE (received_at - INTERVAL 5 HOUR AS received_at) FROM alerts WHERE ${AT}`,
        `ALTER TABLE alerts DELETE WHERE ${AT} AND toHour(received_at) > 21 OR ${AT} AND toHour(received_at) < 5`,
      ],
      ['rows-unledgered', 'rows-missing'],
    ],
    [
      'a ledger row lost',
      [`ALTER TABLE blocks DELETE WHERE ${BLOCK} AND toHour(hour) = 0`],
      ['block-sums', 'rows-unledgered'],
    ],
    [
      'a block of the ledger lost',
      [`ALTER TABLE blocks DELETE WHERE ${BLOCK}`],
      ['block-order', 'rows-unledgered'],
    ],
    [
      'the last block of the ledger lost',
      ['ALTER TABLE blocks DELETE WHERE partition = 1 AND first_offset = 220'],
      ['ledger-end'],
    ],
    [
      'a partition of the ledger lost',
      ['ALTER TABLE blocks DELETE WHERE partition = 1'],
      ['ledger-end', 'view-total'],
    ],
    [
      'ledger rows doubled',
      [`INSERT INTO blocks SELECT * FROM blocks WHERE ${BLOCK} AND ${LATE}`],
      ['block-sums', 'rows-missing', 'view-total'],
    ],
    [
      'a block that overlaps',
      [`INSERT INTO blocks SELECT * REPLACE (90 AS first_offset) FROM (SELECT * FROM blocks WHERE ${BLOCK})`],
      ['block-order'],
    ],
    ["a block's counts changed", [`ALTER TABLE blocks UPDATE duplicates = 2 WHERE ${BLOCK}`], ['block-sums']],
    [
      'more records than offsets',
      [`ALTER TABLE blocks UPDATE records = 45, duplicates = 3 WHERE ${BLOCK}`],
      ['block-sums'],
    ],
    [
      'a dead letter lost',
      ['ALTER TABLE rejected DELETE WHERE partition = 1 AND offset = 88'],
      ['rejects-match'],
    ],
    [
      'a dead letter that nobody counted',
      [
        "INSERT INTO rejected (stream, partition, offset, reason) SELECT any(stream), 1, 131, 'x' FROM rejected",
      ],
      ['rejects-match'],
    ],
    [
      "a build's rows falsified",
      ["ALTER TABLE rollup_hours UPDATE alerts = alerts + 1 WHERE alert_code = '8014'"],
      ['build-content'],
    ],
    [
      "a build's messages falsified",
      ["ALTER TABLE rollup_hours UPDATE messages = messages + 1 WHERE alert_code = '8014'"],
      ['build-source', 'build-content', 'view-total'],
    ],
    [
      "a build's messages moved between codes",
      [
        "ALTER TABLE rollup_hours UPDATE messages = messages + if(alert_code = '8014', 1, -1) WHERE alert_code IN ('8014', 'AD1')",
      ],
      ['build-content'],
    ],
    [
      "a build's devices falsified",
      [
        "ALTER TABLE rollup_hours UPDATE devices = arrayReduce('uniqState', arrayMap(i -> toFixedString(toString(i), 16), range(99))) WHERE alert_code = '8014'",
      ],
      ['build-content'],
    ],
    [
      "a build's rows lost",
      ["ALTER TABLE rollup_hours DELETE WHERE alert_code = '8014'"],
      ['build-source', 'build-content', 'view-total'],
    ],
    [
      "a build's count falsified",
      ['ALTER TABLE builds UPDATE source_rows = source_rows + 1 WHERE true'],
      ['build-source'],
    ],
  ];

  it.each(harms)('%s is named', async (_, statements, checks) => {
    await fill();
    for (const statement of statements) await harm(statement);
    const report = await verify();
    expect(report.ok).toBe(false);
    for (const check of checks) {
      expect(Object.keys(report.violations)).toContain(check);
      expect(report.differences.find((difference) => difference.check === check)?.detail).toBeTruthy();
    }
  });
});

describe('a store at work', () => {
  it('is proved while blocks arrive and hours are built', async () => {
    let going = true;
    const policy = { graceSeconds: 0, quietSeconds: 0, patienceSeconds: 0 };
    const feed = async () => {
      let blocks = 0;
      for (; going; blocks += 1) {
        // Some of the log is read by another processor, whose rows take their time.
        const block = makeBlock(blocks % 2, Math.floor(blocks / 2) * STEP, HOURS, SIZE);
        await feedLedger(store, [block]);
        if (blocks % 4 === 0) await new Promise((resolve) => setTimeout(resolve, 200));
        await feedRows(store, [block]);
      }
      return blocks;
    };
    const build = async () => {
      while (going) {
        const hours = await keepComplete(store, ROLLUP, await findStaleBuckets(store, ROLLUP, policy));
        if (hours.length > 0)
          await buildBuckets(
            store,
            ROLLUP,
            hours.map(({ bucket }) => bucket),
          );
      }
    };
    const proofs = async () => {
      try {
        const seen: number[] = [];
        for (let i = 0; i < 6; i += 1) {
          const { differences, counts } = await verifyStore(store);
          expect(differences).toEqual([]);
          expect(counts.rawRows).toBe(counts.accepted);
          seen.push(counts.accepted);
        }
        return seen;
      } finally {
        going = false;
      }
    };
    const [blocks, , seen] = await Promise.all([feed(), build(), proofs()]);
    expect(blocks).toBeGreaterThan(10);
    expect(seen.at(-1)).toBeGreaterThan(seen[0]!);
    expect((await verifyStore(store)).counts.accepted).toBe(blocks * 40);
  });

  it('waits for rows that are on their way, and says so when they do not come', async () => {
    const block = makeBlock(0, 0, HOURS, SIZE);
    await feedLedger(store, [block]);
    expect((await verifyStore(store, { settleMs: 300 })).violations).toMatchObject({ 'rows-missing': 4 });
    const proof = verifyStore(store, { settleMs: 30_000 });
    await feedRows(store, [block]);
    expect((await proof).differences).toEqual([]);
  });
});

describe('dead letters', () => {
  it('are found by filter, with their bytes', async () => {
    await fill();
    expect(await countDeadLetters(store, {})).toEqual([
      { reason: 'not-an-alert', waiting: 12, redriven: 0, doubtful: 0 },
      { reason: 'too-late', waiting: 12, redriven: 0, doubtful: 0 },
    ]);
    const found = await findDeadLetters(store, { reasons: ['too-late'], partition: 1, firstOffset: 50 }, 2);
    expect(found).toEqual(
      [89, 133].map((offset) => ({
        stream: STREAM,
        partition: 1,
        offset,
        reason: 'too-late',
        takenAt: (1_777_593_600 + offset) * 1000,
        key: Buffer.from('key'),
        value: Buffer.from(`value ${offset}`),
      })),
    );
    const moment = (1_777_593_600 + 89) * 1000;
    expect(await findDeadLetters(store, { from: moment, to: moment + 1 }, 10)).toHaveLength(2);
    expect(await findDeadLetters(store, { stream: 'another' }, 10)).toEqual([]);
  });

  it('keep bytes that are no text', async () => {
    await store.command(
      "INSERT INTO rejected (stream, partition, offset, reason, value) VALUES ('s', 0, 1, 'x', unhex('00FF80DF0A09'))",
    );
    const [letter] = await findDeadLetters(store, {}, 1);
    expect(letter!.value.toString('hex')).toBe('00ff80df0a09');
  });

  it('are claimed once, however many claim them', async () => {
    await fill();
    const letters = await findDeadLetters(store, {}, 100);
    expect(letters).toHaveLength(24);
    const claims = await Promise.all([1, 2, 3].map(() => claimRedrive(store, letters)));
    const claimed = claims.flatMap((claim) =>
      claim.claimed.map(({ partition, offset }) => `${partition} ${offset}`),
    );
    expect(new Set(claimed).size).toBe(claimed.length);
    for (const claim of claims) await recordRedrive(store, claim.attempt, claim.claimed, 'produced');

    const rest = await findDeadLetters(store, {}, 100);
    expect(rest).toHaveLength(24 - claimed.length);
    const last = await claimRedrive(store, rest);
    expect(last.refused).toEqual([]);
    await recordRedrive(store, last.attempt, last.claimed, 'produced');
    expect(await findDeadLetters(store, {}, 100)).toEqual([]);
    expect((await claimRedrive(store, letters)).claimed).toEqual([]);
    expect(await findDoubtful(store, Date.now() + 1000)).toEqual([]);
  });

  it('are in doubt after a kill between intention and record, until someone has looked', async () => {
    await fill();
    const letters = await findDeadLetters(store, { partition: 0 }, 2);
    const { attempt } = await claimRedrive(store, letters);
    expect(await findDeadLetters(store, { partition: 0 }, 100)).toHaveLength(10);
    const doubtful = await findDoubtful(store, Date.now() + 1000);
    expect(doubtful.map(({ offset, ...rest }) => [offset, rest.attempt])).toEqual([
      [0, attempt],
      [1, attempt],
    ]);
    await recordRedrive(store, attempt, [letters[0]!], 'withdrawn');
    await recordRedrive(store, attempt, [letters[1]!], 'produced');
    expect(await findDoubtful(store, Date.now() + 1000)).toEqual([]);
    expect((await findDeadLetters(store, { partition: 0 }, 100)).map(({ offset }) => offset)).toContain(0);
    expect(await countDeadLetters(store, { partition: 0 })).toEqual([
      { reason: 'not-an-alert', waiting: 6, redriven: 0, doubtful: 0 },
      { reason: 'too-late', waiting: 5, redriven: 1, doubtful: 0 },
    ]);
  });
});
