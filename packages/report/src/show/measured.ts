import type { Compared, Comparison } from './compare/compare.ts';
import type { Figure, Measure, Measured } from './form.ts';

/** Rows of a table that a person is shown; all are in the JSON. */
const SHOWN_ROWS = 20;
const WIDTH = 100;
/** Characters of the longest bar. */
const BAR = 20;

/** The report for a person. */
export function showMeasured({ report, weeks, period, timeZone, figures }: Measured): string {
  const moved = weeks === 0 ? '' : `, ${weeks} weeks later than the report's own`;
  const head = `${report}, ${period.first} to ${period.last}, days of ${timeZone}${moved}`;
  return `${[head, ...figures.map(showFigure)].join('\n\n')}\n`;
}

function showFigure({ title, formula, window, measures, table, notes }: Figure): string {
  const labels = Math.max(0, ...measures.map(({ label }) => label.length));
  return [
    title,
    ...wrap(formula, 'formula  '),
    ...wrap(window, 'window   '),
    ...measures.map((measure) => `  ${measure.label.padEnd(labels)}  ${showMeasure(measure)}`),
    ...(table ? showTable(table) : []),
    ...notes.flatMap((note) => wrap(note, 'note     ')),
  ].join('\n');
}

function showMeasure({ value, unit, low, high, n, absent }: Measure): string {
  const rests = n === undefined ? '' : `, n = ${n.toLocaleString('en-GB')}`;
  if (value === null) return `${absent ?? 'none'}${n ? rests : ''}`;
  const interval =
    low === undefined || high === undefined ? '' : ` (95%: ${number(low, unit)} to ${number(high, unit)})`;
  return `${number(value, unit)}${suffix(unit)}${interval}${rests}`;
}

const suffix = (unit: Measure['unit']) => (unit === 'share' || unit === 'day' ? '' : ` ${unit}`);

function number(value: number | string, unit: Measure['unit']): string {
  if (typeof value === 'string') return value;
  if (unit === 'share') return `${(value * 100).toFixed(1)}%`;
  const digits = Math.abs(value) >= 100 || Number.isInteger(value) ? 0 : 2;
  return value.toLocaleString('en-GB', { maximumFractionDigits: digits, minimumFractionDigits: digits });
}

function showTable({ columns, rows }: NonNullable<Figure['table']>): string[] {
  const text = rows
    .slice(0, SHOWN_ROWS)
    .map((row) =>
      row.map((cell, i) => (cell === null ? '' : number(cell, columns[i] === 'share' ? 'share' : 'alerts'))),
    );
  const widths = columns.map((column, i) => Math.max(column.length, ...text.map((row) => row[i]!.length)));
  const line = (cells: readonly string[]) =>
    `  ${cells
      .map((cell, i) =>
        typeof rows[0]?.[i] === 'number' ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!),
      )
      .join('  ')}`;
  const more = rows.length - text.length;
  const bars = barsOf(columns, rows);
  return [
    line(columns).trimEnd(),
    ...text.map((row, i) => `${line(row)}${bars[i]}`),
    ...(more > 0 ? [`  and ${more} more: --json has them all`] : []),
  ];
}

/** A bar beside each row, as long as its alerts are many against the most of any row. */
function barsOf(columns: readonly string[], rows: NonNullable<Figure['table']>['rows']): string[] {
  const column = columns.findIndex((name) => name.startsWith('alerts'));
  const of = (row: (typeof rows)[number]) => Number(row[column] ?? 0);
  const most = Math.max(...rows.map(of));
  return rows.map((row) => (most > 0 ? `  ${'█'.repeat(Math.ceil((of(row) / most) * BAR))}` : ''));
}

function wrap(text: string, head: string): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines.length - 1;
    if (lines[last] === '') lines[last] = word;
    else if (`${lines[last]} ${word}`.length <= WIDTH) lines[last] += ` ${word}`;
    else lines.push(word);
  }
  return lines.map((line, i) => `  ${i === 0 ? head : ' '.repeat(head.length)}${line}`);
}

/** What was measured beside the truth and the minutes, for a person. */
export function showComparison({ scale, agrees, compared, unmeasured }: Comparison): string {
  const head =
    scale === 1
      ? 'Against the truth and the minutes'
      : `Against the truth and the minutes (their volumes divided by ${scale})`;
  return `${[
    head,
    ...compared.flatMap(showCompared),
    ...unmeasured.map((id) => `  ${id}: in the truth, but not measured`),
    agrees ? 'nothing disagrees' : 'NOT ALL AGREES',
  ].join('\n')}\n`;
}

function showCompared({ measure, unit, measured, low, high, n, truth, minutes }: Compared): string[] {
  const has = { id: measure, label: '', unit, kind: 'count', value: measured, low, high, n } as Measure;
  const few = n === undefined ? '' : ` (n = ${n})`;
  const verdict = (one: string) => (one === 'not shown' ? `not shown${few}` : one);
  return [
    `  ${measure}: ${showMeasure(has)}`,
    ...(truth
      ? [`    truth ${truth.value === null ? 'none' : number(truth.value, unit)}: ${verdict(truth.verdict)}`]
      : []),
    ...(minutes
      ? [
          `    minutes ${minutes.text}: ${minutes.verdict === 'does not agree' ? 'does not agree with the minutes' : verdict(minutes.verdict)}`,
        ]
      : []),
  ];
}
