import type { Told } from '../../ask/questions.ts';
import type { Series } from '../../chart/option.ts';
import { REST, SERIES } from '../../chart/theme.ts';
import { dayOf, daysOf, hour, month, shortDay } from '../../time/london.ts';
import type { Period } from '../../time/period.ts';
import type { Dimension, Measure } from './asked.ts';

export const OTHERS = 'all others';

interface Total {
  /** Of each dimension that is asked by. */
  readonly values: readonly string[];
  /** The values as they are shown. */
  readonly name: string;
  readonly total: number;
}

type Row = Told['volume']['rows'][number];
const valuesOf = ({ values }: Row, by: readonly Dimension[]) =>
  by.map((dimension) => values[dimension] ?? '');
const keyOf = (values: readonly string[]) => JSON.stringify(values);

/** What the rows of the same values add up to, the greatest first; of devices the most at a time. */
export function totalsOf({ rows, by }: Told['volume'], measure: Measure): Total[] {
  const totals = new Map<string, Total>();
  for (const row of rows) {
    const [values, count] = [valuesOf(row, by), row.counts[measure] ?? 0];
    const before = totals.get(keyOf(values))?.total ?? 0;
    const total = measure === 'devices' ? Math.max(before, count) : before + count;
    totals.set(keyOf(values), { values, name: values.map((value) => value || 'none').join(', '), total });
  }
  return [...totals.values()].sort((a, b) => b.total - a.total);
}

/** A series for each of the greatest values, and one for all others; times without a row are nought. */
export function overTime(
  { rows, grain, by }: Told['volume'],
  measure: Measure,
  totals: readonly Total[],
  period: Period,
): { moments: string[]; series: Series[] } {
  const shown = totals.slice(0, SERIES.length);
  const keys = new Set(shown.map(({ values }) => keyOf(values)));
  const momentOf = grain === 'day' ? dayOf : (time: string) => time;
  const moments =
    grain === 'day' ? daysOf(period.from, period.to) : [...new Set(rows.map(({ time }) => time!))].sort();
  const found = new Map<string, number>();
  for (const row of rows) {
    const own = keyOf(valuesOf(row, by));
    const key = `${momentOf(row.time!)} ${keys.has(own) ? own : ''}`;
    found.set(key, (found.get(key) ?? 0) + (row.counts[measure] ?? 0));
  }
  const countsOf = (key: string) => moments.map((moment) => found.get(`${moment} ${key}`) ?? 0);
  const series = shown.map(({ name, values }, i) => ({
    name,
    colour: SERIES[i]!,
    values: countsOf(keyOf(values)),
  }));
  // Devices of several values would be counted several times.
  if (totals.length > shown.length && measure !== 'devices')
    series.push({ name: OTHERS, colour: REST as (typeof SERIES)[number], values: countsOf('') });
  const show = { hour, month }[grain as string] ?? shortDay;
  return { moments: moments.map(show), series };
}
