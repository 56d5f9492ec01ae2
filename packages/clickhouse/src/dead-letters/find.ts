import type { QueryParams, Store } from '../client.ts';

/** Which dead letters; all that is given must hold. Times are ms since the epoch, of Kafka's timestamp. */
export interface DeadLetterFilter {
  reasons?: readonly string[];
  /** Of whatever cluster and epoch. */
  topic?: string;
  stream?: string;
  partition?: number;
  firstOffset?: number;
  lastOffset?: number;
  /** From this moment on. */
  from?: number;
  /** Before this moment. */
  to?: number;
}

/** A message that was not counted, by its position in the log; `reason` is one of those by which its topic rejects. */
export interface DeadLetter {
  stream: string;
  partition: number;
  offset: number;
  reason: string;
  /** Kafka's timestamp, ms since the epoch. */
  takenAt: number;
  key: Buffer;
  /** The original bytes. */
  value: Buffer;
}

/** How many dead letters of a reason wait, were put back, or are in doubt (see `findDoubtful`). */
export interface DeadLetterCount {
  reason: string;
  waiting: number;
  redriven: number;
  doubtful: number;
}

const CONDITIONS: Record<keyof DeadLetterFilter, string> = {
  reasons: 'reason IN {reasons:Array(String)}',
  topic: "splitByChar('/', stream)[2] = {topic:String}",
  stream: 'stream = {stream:String}',
  partition: 'partition = {partition:UInt16}',
  firstOffset: 'offset >= {firstOffset:UInt64}',
  lastOffset: 'offset <= {lastOffset:UInt64}',
  from: 'taken_at >= fromUnixTimestamp64Milli({from:Int64})',
  to: 'taken_at < fromUnixTimestamp64Milli({to:Int64})',
};

/** Letters of the filter with the state that holds for each: '' where it was never tried, or only withdrawn. */
function lettersOf(filter: DeadLetterFilter): { letters: string; params: QueryParams } {
  const given = Object.entries(filter).filter(([, value]) => value !== undefined);
  const conditions = given.map(([field]) => CONDITIONS[field as keyof DeadLetterFilter]);
  const letters = `
    SELECT stream, partition, offset, reason, taken_at, key, value, held.state AS state
    FROM (SELECT * FROM rejected FINAL ${conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`}) AS letter
    LEFT JOIN (
      SELECT stream, partition, offset, toString(max(last)) AS state
      FROM (SELECT stream, partition, offset, attempt, max(state) AS last FROM redriven GROUP BY ALL)
      WHERE last != 'withdrawn'
      GROUP BY stream, partition, offset
    ) AS held USING (stream, partition, offset)`;
  return { letters, params: Object.fromEntries(given) };
}

/**
 * A page of the dead letters that wait to be put back, in the order of their positions.
 * @param after the last position of the page before
 */
export async function findDeadLetters(
  store: Store,
  filter: DeadLetterFilter,
  limit: number,
  after?: Pick<DeadLetter, 'stream' | 'partition' | 'offset'>,
): Promise<DeadLetter[]> {
  const { letters, params } = lettersOf(filter);
  const { stream = '', partition = 0, offset = 0 } = after ?? {};
  type Row = Omit<DeadLetter, 'key' | 'value'> & { key64: string; value64: string };
  const rows = await store.rows<Row>(
    `SELECT stream, partition, offset, reason, toUnixTimestamp64Milli(taken_at) AS takenAt,
       base64Encode(key) AS key64, base64Encode(value) AS value64
     FROM (${letters})
     WHERE state = '' ${after ? 'AND (stream, partition, offset) > ({afterStream:String}, {afterPartition:UInt16}, {afterOffset:UInt64})' : ''}
     ORDER BY stream, partition, offset
     LIMIT {limit:UInt32}`,
    { ...params, limit, afterStream: stream, afterPartition: partition, afterOffset: offset },
  );
  return rows.map(({ key64, value64, ...row }) => ({
    ...row,
    key: Buffer.from(key64, 'base64'),
    value: Buffer.from(value64, 'base64'),
  }));
}

/** The dead letters of a filter, counted by reason. */
export function countDeadLetters(store: Store, filter: DeadLetterFilter): Promise<DeadLetterCount[]> {
  const { letters, params } = lettersOf(filter);
  return store.rows<DeadLetterCount>(
    `SELECT reason, countIf(state = '') AS waiting, countIf(state = 'produced') AS redriven,
       countIf(state = 'intended') AS doubtful
     FROM (${letters})
     GROUP BY reason ORDER BY reason`,
    params,
  );
}
