import type { Place } from '@tocsin/delivery';
import type { Store } from '../client.ts';
import { formatMoment } from '../delivery/tab-separated.ts';

/** A partition, and the moment (ms since the epoch) before which none of its plans takes an alert any more. */
export interface Drained extends Place {
  readonly before: number;
}

/** What the owners of a stream's partitions said last. */
export async function readDrained(store: Store, stream: string): Promise<Map<number, number>> {
  const rows = await store.rows<{ partition: number; before: number }>(
    `SELECT partition, toUnixTimestamp(max(before)) * 1000 AS before FROM drained
     WHERE stream = {stream:String} GROUP BY partition`,
    { stream },
  );
  return new Map(rows.map(({ partition, before }) => [partition, before]));
}

/** Says that every plan of these partitions that still took alerts from before `before` is stored and committed. */
export async function writeDrained(
  store: Store,
  stream: string,
  partitions: readonly number[],
  before: number,
): Promise<void> {
  const moment = formatMoment(before).slice(0, 19);
  await store.insert({
    table: 'drained',
    columns: ['stream', 'partition', 'before'],
    format: 'TabSeparated',
    body: partitions.map((partition) => `${stream}\t${partition}\t${moment}\n`).join(''),
  });
}

/**
 * All partitions that alerts came from or may come from, with what their owners had said `seconds` ago; 0 for those of
 * whom nothing was heard. Streams of former epochs are left out: nothing of them is taken any more.
 */
export async function drainedPartitions(store: Store, seconds: number): Promise<Drained[]> {
  const rows = await store.rows<Drained>(
    `SELECT stream, partition, toUnixTimestamp(maxIf(before, at < now64(6) - {seconds:UInt32})) * 1000 AS before
     FROM (
       SELECT stream, partition, before, at FROM drained
       UNION ALL
       SELECT DISTINCT stream, partition, toDateTime(0, 'UTC') AS before, now64(6) AS at FROM blocks
     )
     GROUP BY stream, partition ORDER BY stream, partition`,
    { seconds },
  );
  const newest = new Map<string, number>();
  for (const { stream } of rows) {
    const { topic, epoch } = partsOf(stream);
    newest.set(topic, Math.max(newest.get(topic) ?? 0, epoch));
  }
  return rows.filter(({ stream }) => newest.get(partsOf(stream).topic) === partsOf(stream).epoch);
}

/** A stream is cluster, topic and epoch. */
function partsOf(stream: string): { topic: string; epoch: number } {
  const [, topic = '', epoch] = stream.split('/');
  return { topic, epoch: Number(epoch) };
}
