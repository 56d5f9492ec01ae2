import type { Readable } from 'node:stream';
import type { ClickHouseSettings } from '@clickhouse/client';
import type { Store } from '../client.ts';
import { CompleteLines } from './complete-lines.ts';

/** Behind the last row: no row begins with it, as a backslash is written as two. */
const MARK = '\\end\n';
const AS_TAB_SEPARATED = `format_custom_escaping_rule = 'Escaped', format_custom_field_delimiter = '\\t',
  format_custom_row_after_delimiter = '\\n', format_custom_result_after_delimiter = '\\\\end\\n'`;

export interface TableCopy {
  readonly columns: readonly string[];
  /** The rows as tab separated text, of one look at the table; fails where the answer broke off. */
  readonly body: CompleteLines;
}

/** Begins to read a whole table: every column that is stored, every row that stands. */
export async function readTable(store: Store, table: string): Promise<TableCopy> {
  const found = await store.rows<{ name: string }>(
    `SELECT name FROM system.columns
     WHERE database = {database:String} AND table = {table:String} AND default_kind NOT IN ('ALIAS', 'MATERIALIZED')
     ORDER BY position`,
    { database: store.database, table },
  );
  const columns = found.map(({ name }) => name);
  if (columns.length === 0) throw new Error(`${store.database} has no table ${table}`);
  const answer = await store.bytes(
    `SELECT ${columns.join(', ')} FROM ${table} SETTINGS ${AS_TAB_SEPARATED} FORMAT CustomSeparated`,
  );
  const body = new CompleteLines(MARK);
  answer.once('error', (error) => body.destroy(error));
  answer.pipe(body);
  return { columns, body };
}

// Every row as it was, whatever it has in common with others; a block has rows of as many days as there are.
const AS_IT_WAS: ClickHouseSettings = {
  insert_deduplicate: 0,
  optimize_on_insert: 0,
  max_partitions_per_insert_block: '0',
};

/** Fills a table with rows as `readTable` gave them. */
export function fillTable(
  store: Store,
  table: string,
  columns: readonly string[],
  body: Readable,
): Promise<void> {
  return store.insert({ table, columns, format: 'TabSeparated', body, settings: AS_IT_WAS });
}

/** The size of a table, for whoever holds a copy of it against it. */
export interface TableRows {
  readonly table: string;
  readonly rows: number;
  /** Whether rows may be fewer than were put in, as later ones take the place of earlier ones. */
  readonly replacing: boolean;
}

/** How many rows each of the tables has, in their order. */
export async function countTables(store: Store, tables: readonly string[]): Promise<TableRows[]> {
  const engines = await store.rows<{ name: string; engine: string }>(
    'SELECT name, engine FROM system.tables WHERE database = {database:String}',
    { database: store.database },
  );
  const replacing = new Set(
    engines.filter(({ engine }) => engine.includes('Replacing')).map(({ name }) => name),
  );
  const counts = await store.rows<{ table: string; rows: number }>(
    tables.map((table) => `SELECT '${table}' AS table, count() AS rows FROM ${table}`).join(' UNION ALL '),
  );
  const rowsOf = new Map(counts.map(({ table, rows }) => [table, rows]));
  return tables.map((table) => ({ table, rows: rowsOf.get(table)!, replacing: replacing.has(table) }));
}

/** The migrations that the store has had, by name with their hash. */
export async function readApplied(store: Store): Promise<{ name: string; hash: string }[]> {
  return store.rows('SELECT name, hash FROM migrations FINAL ORDER BY name');
}
