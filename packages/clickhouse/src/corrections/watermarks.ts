import type { Place } from '@tocsin/delivery';
import type { Store } from '../client.ts';
import type { Positions } from '../inventory/positions.ts';

/** How far of the device history a partition's rows have been compared with, by the word of the owner with this claim. */
export interface Watermark {
  readonly claim: string;
  readonly through: Positions;
}

/** Whose word counts on partitions of a stream. */
export interface Owner {
  readonly stream: string;
  /** By partition: what it holds as long as nobody has taken a greater one. */
  readonly claims: ReadonlyMap<number, string>;
}

/** Says how far the owner's partitions have been compared. */
export async function writeWatermarks(
  store: Store,
  { stream, claims }: Owner,
  positions: Positions,
): Promise<void> {
  const through = Object.fromEntries(positions);
  await store.insert({
    table: 'reattributed',
    columns: ['stream', 'partition', 'claim', 'through'],
    format: 'JSONEachRow',
    body: [...claims]
      .map(([partition, claim]) => `${JSON.stringify({ stream, partition, claim, through })}\n`)
      .join(''),
  });
}

/**
 * Takes the word on a partition: what earlier owners write from now on no longer counts, since it says nothing of the
 * rows that the new one prepares.
 * @returns the watermark as they left it
 */
export async function claimWatermark(store: Store, { stream, partition }: Place): Promise<Watermark> {
  // Claims grow, whatever the clocks of two servers say.
  const [row] = await store.rows<{ next: string; newest: Record<string, number> }>(
    `SELECT toString(greatest(generateSnowflakeID(), max(claim) + 1)) AS next, argMax(through, (claim, at)) AS newest
     FROM reattributed WHERE stream = {stream:String} AND partition = {partition:UInt16}`,
    { stream, partition },
  );
  const { next: claim, newest } = row!;
  const through = new Map(Object.entries(newest));
  await writeWatermarks(store, { stream, claims: new Map([[partition, claim]]) }, through);
  return { claim, through };
}
