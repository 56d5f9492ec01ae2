import { stringify } from 'csv-stringify/sync';
import type { z } from 'zod';
import { columnsOf } from './columns.ts';

export const JSON_TYPE = 'application/json';
export const CSV_TYPE = 'text/csv';
export const NDJSON_TYPE = 'application/x-ndjson';
/** The one that is had without a wish first. */
export const TYPES = [JSON_TYPE, CSV_TYPE, NDJSON_TYPE] as const;
export type Type = (typeof TYPES)[number];

/** @param told whole, with the page's rows in `list` @param row schema of one, which a table has its columns from */
export function represent(
  type: Type,
  told: Record<string, unknown>,
  list: string,
  row: z.core.$ZodType,
): string {
  if (type === JSON_TYPE) return JSON.stringify(told);
  const rows = told[list] as readonly object[];
  if (type === NDJSON_TYPE) return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
  const columns = columnsOf(row, rows);
  const flat = rows.map((row) => flatten(row));
  // A spreadsheet would take what begins with = for a formula.
  const options = { header: true, escape_formulas: true, cast: { boolean: String } };
  // By their key: a name with a dot would else be looked for within.
  return stringify(
    flat.map((row) => columns.map((name) => row[name])),
    { ...options, columns },
  );
}

/** `{ values: { code: '8014' } }` as `values.code`; a list within a row as JSON. */
function flatten(row: object, within = ''): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).flatMap(([name, value]): [string, unknown][] => {
      if (Array.isArray(value)) return [[within + name, JSON.stringify(value)]];
      if (typeof value === 'object' && value !== null)
        return Object.entries(flatten(value, `${within}${name}.`));
      return [[within + name, value]];
    }),
  );
}
