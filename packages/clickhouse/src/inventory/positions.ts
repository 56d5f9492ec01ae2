import type { Store } from '../client.ts';

/** By `stream/partition`: the offset of the next row of the device history. Rows become visible in the order of their offsets. */
export type Positions = ReadonlyMap<string, number>;

/** How far the device history is. */
export async function historyPositions(store: Store): Promise<Positions> {
  const rows = await store.rows<{ key: string; next: number }>(
    `SELECT concat(stream, '/', toString(partition)) AS key, max(offset) + 1 AS next
     FROM device_history GROUP BY stream, partition`,
  );
  return new Map(rows.map(({ key, next }) => [key, next]));
}
