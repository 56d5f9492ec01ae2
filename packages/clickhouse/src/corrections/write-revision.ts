import type { Store } from '../client.ts';
import { ALERT_COLUMNS } from '../delivery/tables.ts';

/**
 * Rows as they should have been, under a revision that nobody sees before it is committed. A try that failed is done
 * again under another revision, so that a position has one row in each.
 * @param rows columns of ALERT_COLUMNS, tab separated
 * @returns the revision
 */
export async function stageCorrections(store: Store, rows: readonly string[]): Promise<string> {
  const [made] = await store.rows<{ revision: string }>('SELECT toString(generateSnowflakeID()) AS revision');
  const { revision } = made!;
  await store.insert({
    table: 'corrections',
    columns: ['revision', ...ALERT_COLUMNS],
    format: 'TabSeparated',
    body: rows.map((row) => `${revision}\t${row}\n`).join(''),
  });
  return revision;
}

/**
 * From now on the revision's rows hold, but those of days that take no more corrections: an hour that is no longer open
 * at this instant is not committed, whatever was known when its rows were compared.
 * @param hours rows of each hour, by its beginning in seconds since the epoch
 */
export async function commitRevision(
  store: Store,
  revision: string,
  hours: ReadonlyMap<number, number>,
): Promise<void> {
  if (hours.size === 0) return;
  // Part of the query's text, for a request's address is too short.
  const counts = [...hours].map(([hour, rows]) => `(${hour}, ${rows})`);
  await store.command(
    `INSERT INTO revisions (hour, revision, corrected)
     SELECT toDateTime(began, 'UTC') AS hour, {revision:UInt64}, corrected
     FROM values('began UInt32, corrected UInt64', ${counts.join(', ')})
     WHERE hour >= (SELECT max(before) FROM sealed)`,
    { revision },
    { max_query_size: '10000000' },
  );
}

/** Whether queries that begin now see every committed revision: they look at those of earlier seconds only. */
export async function revisionsAreVisible(store: Store): Promise<boolean> {
  const [row] = await store.rows<{ n: number }>(
    'SELECT count() AS n FROM revisions WHERE at >= initialQueryStartTime()',
  );
  return row?.n === 0;
}
