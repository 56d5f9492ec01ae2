import type { Place } from '@tocsin/delivery';
import type { Store } from '../client.ts';

/** An hour of a partition that somebody asked to have compared. */
export interface RequestedHour extends Place {
  readonly id: string;
  /** Its beginning, seconds since the epoch. */
  readonly hour: number;
}

const HOURS = `SELECT DISTINCT requests.id AS id, blocks.stream AS stream, blocks.partition AS partition, blocks.hour AS hour
  FROM reattributions AS requests, blocks
  WHERE blocks.hour >= toStartOfHour(requests.from) AND blocks.hour < requests.to AND blocks.hour_accepted > 0`;

/**
 * Asks the processors to compare the alerts received from one time (ms, of its hour on) to another with the device
 * history and the registries as they are now.
 * @returns the request's id
 */
export async function requestReattribution(store: Store, from: number, to: number): Promise<string> {
  const [made] = await store.rows<{ id: string }>('SELECT toString(generateUUIDv4()) AS id');
  const { id } = made!;
  await store.insert({
    table: 'reattributions',
    columns: ['id', 'from', 'to'],
    format: 'TabSeparated',
    body: `${id}\t${new Date(from).toISOString().replace('T', ' ').slice(0, -1)}\t${new Date(to).toISOString().replace('T', ' ').slice(0, -1)}\n`,
  });
  return id;
}

/** Days that are sealed, or about to be, take no more corrections. */
const OPEN = 'hour >= (SELECT max(before) FROM sealed)';

/** What of all requests is still to be done in these partitions, oldest first; sealed hours are left as they are. */
export async function requestedHours(
  store: Store,
  stream: string,
  partitions: readonly number[],
): Promise<RequestedHour[]> {
  return store.rows<RequestedHour>(
    `SELECT toString(id) AS id, stream, partition, toUnixTimestamp(hour) AS hour FROM (${HOURS})
     WHERE stream = {stream:String} AND has({partitions:Array(UInt16)}, partition) AND ${OPEN}
       AND (id, stream, partition, hour) NOT IN (SELECT id, stream, partition, hour FROM reattributed_hours)
     ORDER BY id, hour, partition`,
    { stream, partitions },
  );
}

/** Hours that were carried out together; what came of them stands with the first. */
export async function markReattributed(
  store: Store,
  hours: readonly RequestedHour[],
  compared: number,
  corrected: number,
): Promise<void> {
  const rows = hours.map(({ id, stream, partition, hour }, i) =>
    [id, stream, partition, hour, ...(i === 0 ? [compared, corrected] : [0, 0])].join('\t'),
  );
  await store.insert({
    table: 'reattributed_hours',
    columns: ['id', 'stream', 'partition', 'hour', 'compared', 'corrected'],
    format: 'TabSeparated',
    body: rows.map((row) => `${row}\n`).join(''),
  });
}

/** How far a request has come; an hour of a partition is a piece. */
export interface ReattributionProgress {
  readonly pieces: number;
  readonly done: number;
  /** Pieces that are not done and won't be, as their days are sealed. */
  readonly sealed: number;
  readonly compared: number;
  readonly corrected: number;
}

export async function reattributionProgress(store: Store, id: string): Promise<ReattributionProgress> {
  const [row] = await store.rows<ReattributionProgress>(
    `SELECT count() AS pieces, countIf(carried_out) AS done, countIf(NOT carried_out AND NOT open) AS sealed,
       sum(result.compared) AS compared, sum(result.corrected) AS corrected
     FROM (SELECT *, ${OPEN} AS open FROM (${HOURS}) WHERE id = {id:UUID}) AS piece
     LEFT JOIN (
       SELECT stream, partition, hour, compared, corrected, true AS carried_out
       FROM reattributed_hours FINAL WHERE id = {id:UUID}
     ) AS result USING (stream, partition, hour)`,
    { id },
  );
  return row!;
}
