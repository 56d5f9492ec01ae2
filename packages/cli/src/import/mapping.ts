import { z } from 'zod';
import { UsageError } from '../errors.ts';
import type { RowReader } from './row.ts';

/** A file that says how columns become fields: what the options say, and translations of values. */
export const MAPPING = z.strictObject({
  /** Field → column; one column may serve several fields. */
  fields: z.record(z.string(), z.string()).default({}),
  /** Field → value, the same for every row. */
  set: z.record(z.string(), z.string()).default({}),
  /** Field → value of the file → value that is meant. */
  values: z.record(z.string(), z.record(z.string(), z.string())).default({}),
  /** Of times without an offset. */
  timeZone: z.string().optional(),
});
export type Mapping = z.output<typeof MAPPING>;

/** By field what a row says, without white space around it; '' where it says nothing. */
export type Values = Readonly<Record<string, string>>;

export interface Resolved {
  /** Columns that a field is taken from, by their places in a row. */
  readonly used: readonly number[];
  /** Columns that go nowhere. */
  readonly unused: readonly string[];
  values(cells: readonly string[]): Values;
}

/**
 * Finds each field's column: the one that is named, else the one of the field's own name, whatever its case, spaces,
 * dashes and underscores.
 * @throws UsageError for a field, or a column, that there is not, and for a required field without a column
 */
export function resolve(
  mapping: Mapping,
  { fields, required }: Pick<RowReader, 'fields' | 'required'>,
  columns: readonly string[],
): Resolved {
  for (const field of [mapping.fields, mapping.set, mapping.values].flatMap(Object.keys)) {
    if (!fields.includes(field))
      throw new UsageError(`no field ${JSON.stringify(field)}: expected one of ${fields.join(', ')}`);
  }
  const places = new Map<string, number>();
  for (const field of fields) {
    if (mapping.set[field] !== undefined) {
      if (mapping.fields[field] !== undefined) throw new UsageError(`${field} is both mapped and set`);
      continue;
    }
    const place = placeOf(field, mapping.fields[field], columns);
    if (place !== null) places.set(field, place);
  }
  const missing = required.filter((field) => mapping.set[field] === undefined && !places.has(field));
  if (missing.length > 0) {
    throw new UsageError(
      `no column for ${missing.join(', ')}: name it by --map or --set; the columns are ${columns.join(', ')}`,
    );
  }
  const used = [...new Set(places.values())];
  return {
    used,
    unused: columns.filter((_, place) => !used.includes(place)),
    values(cells) {
      const values: Record<string, string> = { ...mapping.set };
      for (const [field, place] of places) {
        const cell = (cells[place] ?? '').trim();
        const meant = mapping.values[field] ?? {};
        values[field] = Object.hasOwn(meant, cell) ? meant[cell]! : cell;
      }
      return values;
    },
  };
}

function placeOf(field: string, named: string | undefined, columns: readonly string[]): number | null {
  const same = columns.flatMap((column, place) =>
    (named === undefined ? plain(column) === plain(field) : column === named) ? [place] : [],
  );
  if (same.length > 1) throw new UsageError(`${same.length} columns could be ${field}: say which by --map`);
  if (named !== undefined && same.length === 0)
    throw new UsageError(`no column ${JSON.stringify(named)}: expected one of ${columns.join(', ')}`);
  return same[0] ?? null;
}

const plain = (name: string) => name.toLowerCase().replace(/[\s_-]/g, '');
