import type { z } from 'zod';

/**
 * The columns of a table of rows, from what a row may be rather than what these are: each page has the same, and so has one without
 * rows. What is within an object is `object.field`; a list is one column. Of a record, whose fields depend on what was asked, those
 * that the rows have.
 */
export function columnsOf(row: z.core.$ZodType, rows: readonly unknown[], within = ''): string[] {
  const { def } = row as z.ZodType;
  switch (def.type) {
    case 'nullable':
    case 'optional':
      return columnsOf((row as z.ZodNullable).def.innerType, rows, within);
    case 'object':
      return Object.entries((row as z.ZodObject).shape).flatMap(([name, field]) =>
        columnsOf(
          field,
          rows.map((one) => fieldOf(one, name)),
          within === '' ? name : `${within}.${name}`,
        ),
      );
    case 'record':
      return [...new Set(rows.flatMap((one) => Object.keys(one ?? {})))].map((name) => `${within}.${name}`);
    default:
      return [within];
  }
}

const fieldOf = (row: unknown, name: string): unknown => (row as Record<string, unknown> | null)?.[name];
