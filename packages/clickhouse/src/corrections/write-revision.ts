import { setTimeout as pause } from 'node:timers/promises';
import type { Store } from '../client.ts';
import { ALERT_COLUMNS } from '../delivery/tables.ts';
import type { Owner } from './watermarks.ts';

const POLL_MS = 100;

/** A revision that nobody sees before it is committed. A try that failed is done again under another one. */
export async function makeRevision(store: Store): Promise<string> {
  const [made] = await store.rows<{ revision: string }>('SELECT toString(generateSnowflakeID()) AS revision');
  return made!.revision;
}

/**
 * Rows as they should have been.
 * @param rows columns of ALERT_COLUMNS, tab separated: of a position one at most
 */
export async function stageCorrections(
  store: Store,
  revision: string,
  rows: readonly string[],
): Promise<void> {
  await store.insert({
    table: 'corrections',
    columns: ['revision', ...ALERT_COLUMNS],
    format: 'TabSeparated',
    body: rows.map((row) => `${revision}\t${row}\n`).join(''),
  });
}

/**
 * From now on the revision's rows hold, but those of days that take no more corrections: an hour that is no longer open
 * at this instant is not committed, whatever was known when its rows were compared. Nor is anything of an owner that has
 * been followed by another: who slept while he lost a partition knows less of its devices than the next one.
 * @param hours rows of each hour, by its beginning in seconds since the epoch
 */
export async function commitRevision(
  store: Store,
  revision: string,
  hours: ReadonlyMap<number, number>,
  { stream, claims }: Owner,
): Promise<void> {
  if (hours.size === 0) return;
  // Part of the query's text, for a request's address is too short.
  const counts = [...hours].map(([hour, rows]) => `(${hour}, ${rows})`);
  await store.command(
    `INSERT INTO revisions (hour, revision, corrected)
     SELECT toDateTime(began, 'UTC') AS hour, {revision:UInt64}, corrected
     FROM values('began UInt32, corrected UInt64', ${counts.join(', ')})
     WHERE hour >= (SELECT max(before) FROM sealed) AND (
       SELECT count() FROM reattributed
       WHERE stream = {stream:String}
         AND claim > transform(partition, {partitions:Array(UInt16)}, {claims:Array(UInt64)}, claim)
     ) = 0`,
    { revision, stream, partitions: [...claims.keys()], claims: [...claims.values()].map(BigInt) },
    { max_query_size: '10000000' },
  );
}

/**
 * Resolves once queries see every revision that is committed by now of the hours from one time to another (ms): they look
 * at those of earlier seconds only. Whatever is committed meanwhile is not waited for.
 */
export async function revisionsAreVisible(store: Store, from: number, to: number): Promise<void> {
  const [row] = await store.rows<{ newest: string }>(
    `SELECT toString(max(at)) AS newest FROM revisions
     WHERE hour >= toStartOfHour(fromUnixTimestamp64Milli({from:Int64}, 'UTC')) AND hour < fromUnixTimestamp64Milli({to:Int64}, 'UTC')`,
    { from, to },
  );
  for (;;) {
    const [seen] = await store.rows<{ all: boolean }>(
      `SELECT initialQueryStartTime() > toDateTime64({newest:String}, 6, 'UTC') AS all`,
      row,
    );
    if (seen?.all) return;
    await pause(POLL_MS);
  }
}
