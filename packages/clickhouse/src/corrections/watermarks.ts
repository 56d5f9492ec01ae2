import type { Place } from '@tocsin/delivery';
import type { Store } from '../client.ts';
import type { Positions } from '../inventory/positions.ts';

/** By partition of a stream of alerts: how far of the device history its rows have been compared with. */
export async function readWatermarks(store: Store, stream: string): Promise<Map<number, Positions>> {
  const rows = await store.rows<{ partition: number; newest: Record<string, number> }>(
    `SELECT partition, argMax(through, at) AS newest FROM reattributed WHERE stream = {stream:String} GROUP BY partition`,
    { stream },
  );
  return new Map(rows.map(({ partition, newest }) => [partition, new Map(Object.entries(newest))]));
}

export async function writeWatermarks(
  store: Store,
  places: readonly Place[],
  positions: Positions,
): Promise<void> {
  const through = Object.fromEntries(positions);
  await store.insert({
    table: 'reattributed',
    columns: ['stream', 'partition', 'through'],
    format: 'JSONEachRow',
    body: places.map((place) => `${JSON.stringify({ ...place, through })}\n`).join(''),
  });
}
