import { CATALOGUE } from '@tocsin/domain';
import type { Figure, Measure, Measured } from '../form.ts';
import { inColumns, paragraph, WIDTH, wrap } from './columns.ts';
import { showCount, showInterval, showNumber } from './numbers.ts';

/** Rows of a table that a person is shown; all are in the JSON. */
const SHOWN_ROWS = 20;
/** Characters of the longest bar. */
const BAR = 20;

/** The report for a person. */
export function showMeasured({ report, weeks, period, timeZone, figures }: Measured): string {
  const moved = weeks === 0 ? '' : `, ${weeks} weeks later than the report's own`;
  const head = `${report}, ${period.first} to ${period.last}, days of ${timeZone}${moved}`;
  return `${[head, ...figures.map(showFigure)].join('\n\n')}\n`;
}

function showFigure(figure: Figure): string {
  const { title, formula, window, measures, table, notes } = figure;
  return [
    ...wrap(title, WIDTH),
    ...codesOf(figure).flatMap(([code, name]) => paragraph(`${code.padEnd(9)}`, name)),
    ...paragraph('formula  ', formula),
    ...paragraph('window   ', window),
    ...(measures.length > 0 ? ['', ...showMeasures(measures)] : []),
    ...(table && table.rows.length > 0 ? ['', ...showTable(table)] : []),
    ...notes.flatMap((note) => paragraph('note     ', note)),
  ].join('\n');
}

/** Alert codes that the figure shows, with their names, but for those that a table says in words itself. */
function codesOf({ title, table }: Figure): [string, string][] {
  const rows = table && !table.columns.includes('in words') ? table.rows.slice(0, SHOWN_ROWS).flat() : [];
  const texts = [title, ...rows.filter((cell) => typeof cell === 'string')];
  const codes = new Set(texts.flatMap((text) => text.match(/\b(?:[0-9A-F]{4}|AD1)\b/g) ?? []));
  return [...codes].sort().flatMap((code) => {
    const name = CATALOGUE.get(code)?.name;
    return name === undefined ? [] : [[code, name]];
  });
}

/** A count and its share of all stand in one row. */
function showMeasures(measures: readonly Measure[]): string[] {
  const rows: string[][] = [];
  for (const [i, measure] of measures.entries()) {
    const { label, value, unit, absent, n } = measure;
    const isShareOf = (one: Measure | undefined) =>
      one !== undefined && unit === 'share' && label === `${one.label}, of all`;
    if (value !== null && isShareOf(measures[i - 1])) {
      const row = rows[rows.length - 1]!;
      [row[3], row[4], row[5]] = [showNumber(value, unit), showInterval(measure), showCount(n)];
      continue;
    }
    const text = value === null ? '' : showNumber(value, unit);
    rows.push([
      value === null ? `${label}: ${absent ?? 'none'}` : label,
      unit === 'share' ? '' : text,
      value === null || unit === 'share' || unit === 'day' ? '' : unit,
      unit === 'share' ? text : '',
      showInterval(measure),
      showCount(n),
    ]);
  }
  const number = (head: string) => ({ head, right: true });
  return inColumns(
    [{ head: '' }, number('measured'), { head: '' }, number('share'), number('95% interval'), number('n')],
    rows,
  );
}

function showTable({ columns, rows }: NonNullable<Figure['table']>): string[] {
  const bars = barsOf(columns, rows);
  const text = rows
    .slice(0, SHOWN_ROWS)
    .map((row, r) => [
      ...row.map((cell, i) =>
        cell === null ? '' : showNumber(cell, columns[i] === 'share' ? 'share' : 'alerts'),
      ),
      bars[r]!,
    ]);
  const more = rows.length - text.length;
  const heads = columns.map((head, i) => ({ head, right: typeof rows[0]?.[i] === 'number' }));
  return [
    ...inColumns([...heads, { head: '' }], text),
    ...(more > 0 ? [`  and ${more} more: --json has them all`] : []),
  ];
}

/** A bar beside each row, as long as its alerts are many against the most of any row. */
function barsOf(columns: readonly string[], rows: NonNullable<Figure['table']>['rows']): string[] {
  const column = columns.findIndex((name) => name.startsWith('alerts'));
  const of = (row: (typeof rows)[number]) => Number(row[column] ?? 0);
  const most = Math.max(...rows.map(of));
  return rows.map((row) => (most > 0 ? '█'.repeat(Math.ceil((of(row) / most) * BAR)) : ''));
}
