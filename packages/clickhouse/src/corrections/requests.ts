import type { Place } from '@tocsin/delivery';
import type { Store } from '../client.ts';

/** Hours of one day of a partition that somebody asked to have compared: its alerts received in them. */
export interface RequestedHours extends Place {
  readonly id: string;
  /** Seconds since the epoch. */
  readonly begins: number;
  readonly ends: number;
}

const HOUR_MS = 3_600_000;

/**
 * Asks the processors to compare the alerts received from one time (ms, of its hour on) to another with the device
 * history and the registries as they are now. What comes later is written by what is known then.
 * @returns the request's id
 */
export async function requestReattribution(store: Store, from: number, to: number): Promise<string> {
  const [made] = await store.rows<{ id: string }>('SELECT toString(generateUUIDv4()) AS id');
  const { id } = made!;
  const [first, last] = [Math.floor(from / HOUR_MS), Math.ceil(to / HOUR_MS)].map((hours) => hours * 3600);
  // One insert and one part: all of the request or nothing. One time, too, which a default would take for each block.
  await store.command(
    `INSERT INTO reattributions (id, stream, partition, begins, ends, at)
     SELECT {id:UUID}, stream, partition,
       greatest(day, {first:DateTime('UTC')}), least(day + 86400, {last:DateTime('UTC')}), now64(6)
     FROM (
       SELECT DISTINCT stream, partition, toStartOfDay(hour) AS day FROM blocks
       WHERE hour >= {first:DateTime('UTC')} AND hour < {last:DateTime('UTC')} AND hour_accepted > 0
     )`,
    { id, first, last },
    { max_insert_threads: '1' },
  );
  return id;
}

/** Days that are sealed, or about to be, take no more corrections. */
const SEALED_BEFORE = '(SELECT max(before) FROM sealed)';

/**
 * What of all requests is still to be done in these partitions of a stream's topic, oldest first: in its earlier epochs
 * too, which nobody else owns. Sealed days are left as they are.
 */
export async function requestedHours(
  store: Store,
  stream: string,
  partitions: readonly number[],
): Promise<RequestedHours[]> {
  return store.rows<RequestedHours>(
    `SELECT toString(id) AS id, stream, partition,
       toUnixTimestamp(reattributions.begins) AS begins, toUnixTimestamp(any(reattributions.ends)) AS ends
     FROM reattributions
     WHERE splitByChar('/', stream)[2] = splitByChar('/', {stream:String})[2] AND has({partitions:Array(UInt16)}, partition)
       AND reattributions.begins >= ${SEALED_BEFORE}
     GROUP BY reattributions.id, stream, partition, reattributions.begins
     HAVING NOT max(done)
     ORDER BY min(at), id, begins, partition`,
    { stream, partitions },
  );
}

/** Hours that were carried out together; what came of them stands with the first. */
export async function markReattributed(
  store: Store,
  hours: readonly RequestedHours[],
  compared: number,
  corrected: number,
): Promise<void> {
  await store.insert({
    table: 'reattributions',
    columns: ['id', 'stream', 'partition', 'begins', 'ends', 'done', 'compared', 'corrected'],
    format: 'JSONEachRow',
    body: hours
      .map((one, i) => ({ ...one, done: true, ...(i === 0 ? { compared, corrected } : {}) }))
      .map((row) => `${JSON.stringify(row)}\n`)
      .join(''),
  });
}

/** How far a request has come; a day of a partition is a piece. */
export interface ReattributionProgress {
  readonly pieces: number;
  readonly done: number;
  /** Pieces that are not done and won't be, as their days are sealed. */
  readonly sealed: number;
  readonly compared: number;
  readonly corrected: number;
}

/** How far the request of this id has come: no pieces where there is none. */
export async function reattributionProgress(store: Store, id: string): Promise<ReattributionProgress> {
  const [row] = await store.rows<ReattributionProgress>(
    `SELECT count() AS pieces, countIf(finished) AS done, countIf(NOT finished AND begins < ${SEALED_BEFORE}) AS sealed,
       sum(n_compared) AS compared, sum(n_corrected) AS corrected
     FROM (
       SELECT begins, max(done) AS finished, max(compared) AS n_compared, max(corrected) AS n_corrected
       FROM reattributions WHERE id = {id:UUID} GROUP BY stream, partition, begins
     )`,
    { id },
  );
  return row!;
}
