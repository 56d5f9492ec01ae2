import { type CheckName, type Store, verifyStore } from '@tocsin/clickhouse';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Engine, startEngine } from '../support/fresh-store.ts';
import { feedBlocks, HOUR, hourText, insertRows, makeBlock, STREAM } from '../support/store-feed.ts';

const INVENTORY = 'cluster/inventory/1';
// Over the end of a month, because rows are looked at by months.
const FIRST = Date.UTC(2026, 4, 31, 22) / 1000;
const HOURS = [0, 1, 2, 3].map((i) => FIRST + i * HOUR);
const MONTHS = ['2026-05-01 00:00:00', '2026-06-01 00:00:00'];
/** Records of a block: one rejected, 8 accepted, one duplicate. */
const SIZE = 10;

let engine: Engine;
let store: Store;

beforeAll(async () => {
  engine = await startEngine();
  store = await engine.freshStore();
});
afterAll(() => engine.stop());
beforeEach(() => engine.empty(store));

/** Three blocks in each of two partitions, as the inventory would deliver them. */
async function fillInventory(): Promise<void> {
  const place = { stream: INVENTORY, planned_at: '2026-06-01 12:00:00' };
  const blocks = [0, 1].flatMap((partition) => [0, 1, 2].map((n) => ({ partition, first: n * SIZE })));
  await insertRows(
    store,
    'inventory_blocks',
    blocks.flatMap(({ partition, first }) =>
      MONTHS.map((hour) => ({
        ...place,
        partition,
        hour,
        first_offset: first,
        last_offset: first + SIZE - 1,
        rule_version: '1',
        checksum: `${first}`,
        records: SIZE,
        accepted: 8,
        rejected: 1,
        duplicates: 1,
        hour_accepted: 4,
      })),
    ),
  );
  await insertRows(
    store,
    'rejected',
    blocks.map(({ partition, first }) => ({ ...place, partition, offset: first, reason: 'empty' })),
  );
  await insertRows(
    store,
    'device_history',
    blocks.flatMap(({ partition, first }) =>
      Array.from({ length: 8 }, (_, n) => ({
        ...place,
        partition,
        offset: first + 1 + n,
        recorded_at: '2026-06-01 11:00:00',
        effective_at: hourText(HOURS[n % 4]!),
        device: `00DB00000000000${n}`,
        source: 'inventory',
        event: 'commissioned',
      })),
    ),
  );
}

/** A block of alerts, of which two tell of firmware: offsets 2 and 5. */
async function fillAlerts(): Promise<void> {
  const block = makeBlock(0, 0, HOURS, 13);
  const telling = block.accepted.map((message) =>
    message.offset % 3 === 2 && message.offset < 8 ? { ...message, code: '8F72' } : message,
  );
  await feedBlocks(store, { ...block, accepted: telling });
  await insertRows(
    store,
    'device_history',
    [2, 5].map((offset) => ({
      stream: STREAM,
      partition: 0,
      offset,
      planned_at: '2026-05-01 00:00:00',
      recorded_at: hourText(FIRST),
      effective_at: hourText(FIRST),
      device: '00DB000000000001',
      source: 'device',
      event: 'firmware-downloaded',
    })),
  );
}

const verify = () => verifyStore(store, { settleMs: 0 });
const harm = (statement: string) =>
  store.command(statement, {}, { mutations_sync: '2', insert_deduplicate: 0 });

describe('the inventory', () => {
  it('is proved beside the alerts, each by its own ledger', async () => {
    await fillInventory();
    await fillAlerts();
    const { inventory, ...report } = await verify();
    expect(report).toMatchObject({
      ok: true,
      counts: { accepted: 10, rawRows: 10, rejectedPositions: 2 },
      differences: [],
    });
    expect(inventory.counts).toEqual({
      blocks: 6,
      records: 60,
      accepted: 48,
      rejected: 6,
      duplicates: 6,
      rawRows: 48,
      rawPositions: 48,
      rejectedPositions: 6,
    });
    expect(inventory.partitions).toMatchObject(
      [0, 1].map((partition) => ({
        stream: INVENTORY,
        partition,
        firstOffset: 0,
        lastOffset: 29,
        blocks: 3,
      })),
    );
  });

  // Block 1 of partition 1: offset 10 rejected, 11 to 18 accepted.
  const AT = `stream = '${INVENTORY}' AND partition = 1 AND offset = 13`;
  const BLOCK = 'partition = 1 AND first_offset = 10';
  const harms: [string, string[], CheckName[]][] = [
    ['a row deleted', [`ALTER TABLE device_history DELETE WHERE ${AT}`], ['rows-missing']],
    [
      'a row doubled',
      [`INSERT INTO device_history SELECT * FROM device_history WHERE ${AT}`],
      ['rows-excess', 'positions-distinct'],
    ],
    [
      'an offset shifted to its neighbour',
      [
        `INSERT INTO device_history SELECT * REPLACE (14 AS offset) FROM (SELECT * FROM device_history WHERE ${AT})`,
        `ALTER TABLE device_history DELETE WHERE ${AT}`,
      ],
      ['positions-distinct'],
    ],
    [
      'a row beyond the ledger',
      [
        `INSERT INTO device_history SELECT * REPLACE (99 AS offset) FROM (SELECT * FROM device_history WHERE ${AT})`,
      ],
      ['ledger-end'],
    ],
    [
      'a row moved to another month',
      [
        `INSERT INTO device_history SELECT * REPLACE (effective_at - INTERVAL 40 DAY AS effective_at)
         FROM device_history WHERE ${AT}`,
        `ALTER TABLE device_history DELETE WHERE ${AT} AND toMonth(effective_at) >= 5`,
      ],
      ['rows-unledgered', 'rows-missing'],
    ],
    [
      'a block of the ledger lost',
      [`ALTER TABLE inventory_blocks DELETE WHERE ${BLOCK}`],
      ['block-order', 'rows-unledgered', 'rejects-match'],
    ],
    [
      "a block's counts changed",
      [`ALTER TABLE inventory_blocks UPDATE duplicates = 2 WHERE ${BLOCK}`],
      ['block-sums'],
    ],
    [
      'a dead letter lost',
      [`ALTER TABLE rejected DELETE WHERE stream = '${INVENTORY}' AND partition = 1 AND offset = 10`],
      ['rejects-match'],
    ],
    [
      'a row where there is a dead letter',
      [`INSERT INTO rejected (stream, partition, offset, reason) VALUES ('${INVENTORY}', 1, 13, 'x')`],
      ['rejects-match', 'rejects-disjoint'],
    ],
    [
      'what an alert tells lost',
      ["ALTER TABLE device_history DELETE WHERE source = 'device' AND offset = 5"],
      ['history-told'],
    ],
    [
      'what an alert tells told twice',
      ["INSERT INTO device_history SELECT * FROM device_history WHERE source = 'device' AND offset = 5"],
      ['history-told'],
    ],
    [
      'told by an alert that tells nothing',
      [
        `INSERT INTO device_history SELECT * REPLACE (6 AS offset)
         FROM (SELECT * FROM device_history WHERE source = 'device' AND offset = 5)`,
      ],
      ['history-told'],
    ],
  ];

  it.each(harms)('%s is named', async (_, statements, checks) => {
    await fillInventory();
    await fillAlerts();
    for (const statement of statements) await harm(statement);
    const { ok, violations } = await verify();
    expect(ok).toBe(false);
    expect(Object.keys(violations).sort()).toEqual([...checks].sort());
  });
});
