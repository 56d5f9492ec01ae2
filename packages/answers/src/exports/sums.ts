import type { FileQuery, Store } from '@tocsin/clickhouse';

/** What an export's own rows are summed to: of these it has what its class allows, and no more. */
export interface Sums {
  /** A table for each: sums by a column of the file. */
  readonly by: readonly { readonly column: string; readonly title: string }[];
  /** What is summed, by its unit, as SQL over the file's columns; by the first the greatest come first. */
  readonly counts: Readonly<Record<string, string>>;
  /** How many of the first are drawn beside each other, as they are of one unit, which is said here. */
  readonly drawn: { readonly first: number; readonly unit: string };
}

/** The sums by one column: for each of its values those of the counts, in their order. */
export interface Summed {
  readonly column: string;
  readonly title: string;
  /** The greatest of the first count first, moments in their order. */
  readonly rows: readonly { readonly name: string; readonly values: readonly number[] }[];
}

interface Told {
  readonly place: number;
  readonly name: string;
  readonly n: number;
  readonly counts: number[];
}

/** A table by each column, and the sums over all rows, by one reading of these. */
export async function sum(store: Store, { sql, params, settings }: FileQuery, { by, counts }: Sums) {
  const columns = by.map(({ column }) => `\`${column}\``);
  const place = `indexOf([${columns.map((column) => `grouping(${column})`).join(', ')}], 0)`;
  const name = `[${columns.map((column) => `toString(${column})`).join(', ')}][place]`;
  const numbers = Object.values(counts).map((count) => `toFloat64(${count})`);
  const told = await store.rows<Told>(
    `SELECT ${by.length === 0 ? '0' : place} AS place, ${by.length === 0 ? "''" : name} AS name, count() AS n,
       [${numbers.join(', ')}] AS counts
     FROM (${sql})
     GROUP BY GROUPING SETS (${['()', ...columns.map((column) => `(${column})`)].join(', ')})
     ORDER BY place, name`,
    params,
    settings,
  );
  const whole = told.find((row) => row.place === 0);
  return {
    rows: whole?.n ?? 0,
    all: whole?.counts ?? numbers.map(() => 0),
    tables: by.map((table, i): Summed => {
      const rows = told.filter((row) => row.place === i + 1);
      if (table.column !== 'time') rows.sort((a, b) => b.counts[0]! - a.counts[0]!);
      return { ...table, rows: rows.map(({ name, counts }) => ({ name, values: counts })) };
    }),
  };
}
