import { z } from 'zod';
import { amount } from '../numbers.ts';
import { iso, london } from '../period.ts';
import { question } from '../question.ts';
import { ASKED } from './asked.ts';
import { DIMENSION_NAMES, GRAIN_NAMES, MEASURE_NAMES } from './columns.ts';
import { queryOf } from './query.ts';

const ROW = z.strictObject({
  /** Beginning of the row's time; null where the row is of the whole period. */
  time: z.iso.datetime().nullable(),
  /** Value of each dimension that was asked for; empty: it has none. */
  values: z.partialRecord(z.enum(DIMENSION_NAMES), z.string()),
  /** Those measures that were asked for. */
  counts: z.partialRecord(z.enum(MEASURE_NAMES), z.int()),
});

const TOLD = z.strictObject({
  by: z.array(z.enum(DIMENSION_NAMES)),
  measures: z.array(z.enum(MEASURE_NAMES)),
  grain: z.enum(GRAIN_NAMES),
  rows: z.array(ROW),
  /** There are more rows than the limit let through. */
  more: z.boolean(),
});

/** Any volume: of whole hours that the period touches, by what one likes. */
export const volume = question({
  name: 'volume',
  summary: 'alerts, messages and devices by any dimensions, over time',
  of: 'devices',
  example: '--from 2020-07-01 --to 2020-07-08 --by code,region --grain day',
  list: 'rows',
  asked: ASKED,
  told: TOLD,
  async answer(store, asked, { party }) {
    const { by = [], measures, grain, limit } = asked;
    // One more than the limit, by which one knows that there are more.
    const { sql, params } = queryOf(asked, party ?? '', { limit: limit + 1 });
    const rows = await store.rows<Record<string, string | number> & { time: string }>(sql, params);
    const pick = (row: (typeof rows)[number], names: readonly string[]) =>
      Object.fromEntries(names.map((name) => [name, row[name]]));
    return {
      by,
      measures,
      grain,
      rows: rows.slice(0, limit).map((row) => ({
        time: grain === 'none' ? null : iso(row.time),
        values: pick(row, by) as z.output<typeof ROW>['values'],
        counts: pick(row, measures) as z.output<typeof ROW>['counts'],
      })),
      more: rows.length > limit,
    };
  },
  show,
});

function show({ by, measures, rows, more }: z.output<typeof TOLD>): string {
  if (rows.length === 0) return 'No alerts in this period.\n';
  const lines = rows.map(({ time, values, counts }) => [
    ...(time ? [london(time)] : []),
    ...by.map((name) => values[name] || 'none'),
    ...measures.map((name) => amount(counts[name] ?? 0)),
  ]);
  const head = [...(rows[0]!.time ? ['time'] : []), ...by, ...measures];
  const widths = head.map((name, i) => Math.max(name.length, ...lines.map((line) => line[i]!.length)));
  const numbers = head.length - measures.length;
  return [head, ...lines]
    .map((line) =>
      line
        .map((text, i) => (i < numbers ? text.padEnd(widths[i]!) : text.padStart(widths[i]!)))
        .join('  ')
        .trimEnd(),
    )
    .concat(more ? ['… and more: raise --limit, or ask for less.'] : [])
    .concat(['Who can stop any of it, and by what: tocsin report stoppable of the same period.', ''])
    .join('\n');
}
