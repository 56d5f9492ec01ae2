import type { Told } from '../../ask/questions.ts';
import type { Series } from '../../chart/option.ts';
import { REST, SERIES } from '../../chart/theme.ts';
import { dayOf, daysOf, hour, month, shortDay } from '../../time/london.ts';
import type { Period } from '../../time/period.ts';
import type { Dimension, Measure } from './asked.ts';

export const OTHERS = 'all others';

interface Total {
  readonly value: string;
  readonly total: number;
}

/** What the rows of a value add up to, the greatest first; of devices the most at a time. */
export function totalsOf({ rows }: Told['volume'], dimension: Dimension, measure: Measure): Total[] {
  const totals = new Map<string, number>();
  for (const { values, counts } of rows) {
    const [value, count] = [values[dimension] ?? '', counts[measure] ?? 0];
    const before = totals.get(value) ?? 0;
    totals.set(value, measure === 'devices' ? Math.max(before, count) : before + count);
  }
  return [...totals].map(([value, total]) => ({ value, total })).sort((a, b) => b.total - a.total);
}

/** A series for each of the greatest values, and one for all others; times without a row are nought. */
export function overTime(
  { rows, grain }: Told['volume'],
  dimension: Dimension,
  measure: Measure,
  totals: readonly Total[],
  period: Period,
): { moments: string[]; series: Series[] } {
  const shown = totals.slice(0, SERIES.length).map(({ value }) => value);
  const keyOf = grain === 'day' ? dayOf : (time: string) => time;
  const moments =
    grain === 'day' ? daysOf(period.from, period.to) : [...new Set(rows.map(({ time }) => time!))].sort();
  const found = new Map<string, number>();
  for (const { time, values, counts } of rows) {
    const value = values[dimension] ?? '';
    const key = `${keyOf(time!)} ${shown.includes(value) ? `=${value}` : ''}`;
    found.set(key, (found.get(key) ?? 0) + (counts[measure] ?? 0));
  }
  const valuesOf = (name: string) => moments.map((moment) => found.get(`${moment} ${name}`) ?? 0);
  const series = shown.map((value, i) => ({
    name: value || 'none',
    colour: SERIES[i]!,
    values: valuesOf(`=${value}`),
  }));
  // Devices of several values would be counted several times.
  if (totals.length > shown.length && measure !== 'devices')
    series.push({ name: OTHERS, colour: REST as (typeof SERIES)[number], values: valuesOf('') });
  const show = { hour, month }[grain as string] ?? shortDay;
  return { moments: moments.map(show), series };
}
