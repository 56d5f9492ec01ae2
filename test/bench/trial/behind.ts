import type { Store } from '@tocsin/clickhouse';

/** How far the line is behind what was produced. All 0: each answer is what it will be. */
export interface Behind {
  /** Messages and events that are not in the ledger. */
  readonly messages: number;
  /** Rows of the device history that the alerts of some partition have still to be compared with. */
  readonly history: number;
  /** Closed buckets that are answered from `alerts`, as they have no build yet. */
  readonly buckets: number;
}

const LEDGERED = (table: string) =>
  `(SELECT sum(records) FROM (SELECT any(records) AS records FROM ${table} GROUP BY stream, partition, first_offset))`;

/** @param produced messages and events on the topics */
export async function readBehind(store: Store, produced: number): Promise<Behind> {
  const [row] = await store.rows<{ ledgered: number; history: number; compared: number; buckets: number }>(
    `SELECT ${LEDGERED('blocks')} + ${LEDGERED('inventory_blocks')} AS ledgered,
       (SELECT sum(end) FROM (SELECT max(offset) + 1 AS end FROM device_history GROUP BY stream, partition)) AS history,
       (SELECT min(arraySum(mapValues(through))) FROM (
         SELECT argMax(through, (claim, at)) AS through FROM reattributed GROUP BY stream, partition
       )) AS compared,
       (SELECT sum(stale) FROM freshness) AS buckets`,
  );
  const { ledgered, history, compared, buckets } = row!;
  return { messages: produced - ledgered, history: history - compared, buckets };
}
