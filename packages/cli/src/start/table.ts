import { stripVTControlCharacters, styleText } from 'node:util';
import type { CodeFigures, Figures, Split } from './figures.ts';

interface Row extends CodeFigures {
  readonly name: string;
  /** Alerts a second. */
  readonly rate: number;
}

export interface View {
  readonly rows: readonly Row[];
  readonly figures: Omit<Figures, 'codes'>;
  /** What answers where: name and address. */
  readonly addresses: readonly (readonly [string, string])[];
  readonly upSeconds: number;
}

const whole = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });

/** The screen as lines, none wider than the terminal and no more of them than it has. */
export function drawTable(
  { rows, figures, addresses, upSeconds }: View,
  columns: number,
  height: number,
): string[] {
  const total = totals(rows);
  const head = [
    `${styleText('bold', 'Tocsin')}  ${clock(upSeconds)}  ${styleText('dim', 'Ctrl-C stops everything')}`,
    '',
    [
      `alerts ${styleText('bold', whole.format(total.alerts))}`,
      `messages ${whole.format(total.messages)}`,
      `${whole.format(total.rate)} alerts/s`,
      `lag ${shown(figures.lag)}`,
      warnAbove(figures.rejected, `rejected ${shown(figures.rejected)}`, 'yellow'),
      warnAbove(figures.halted, `halted partitions ${shown(figures.halted)}`, 'red'),
    ].join('   '),
    '',
    ...addresses.map(([name, address]) => `${name.padEnd(18)} ${styleText('cyan', address)}`),
    '',
  ];
  const room = Math.max(1, height - head.length - 4);
  const kept = rows.slice(0, room);
  const left = rows.length - kept.length;
  const layout = columns >= WIDE ? FULL : SHORT;
  const nameWidth = Math.max(8, Math.min(48, columns - 30 - layout.width * SHARES.length));
  const line = (code: string, name: string, alerts: string, rate: string, shares: readonly string[]) =>
    `${code.padEnd(6)}${fit(name, nameWidth)}${alerts.padStart(13)}${rate.padStart(11)}` +
    shares.map((share) => share.padStart(layout.width)).join('');
  const shares = (row: Omit<Row, 'code' | 'name' | 'rate'>) =>
    SHARES.map((of) => (row[of] === 0 ? '' : percent(row[of], row.alerts)));
  return [
    ...head,
    styleText('dim', line('code', 'name', 'alerts', 'alerts/s', layout.heads)),
    ...kept.map((row) =>
      line(row.code, row.name, whole.format(row.alerts), whole.format(row.rate), shares(row)),
    ),
    ...(left > 0 ? [styleText('dim', `and ${left} more codes`)] : []),
    styleText('bold', line('', 'all', whole.format(total.alerts), whole.format(total.rate), shares(total))),
  ].map((text) => clip(text, columns));
}

/** What is shown of each code as shares of its alerts, in this order; the last is not one of the parts. */
const SHARES = [
  'suppressible',
  'unstoppable',
  'alwaysOn',
  'protected',
  'unknown',
  'stoppableNow',
] as const satisfies readonly (keyof Split | 'stoppableNow')[];
const WIDE = 130;
const FULL = {
  width: 15,
  heads: ['suppressible', 'unstoppable', 'always on', 'protected', 'unknown', 'stoppable now'],
};
const SHORT = { width: 7, heads: ['suppr.', 'unstop.', 'always', 'prot.', 'unkn.', 'now'] };

/** The same in one line, for a terminal that can't be drawn on. */
export function plainLine({ rows, figures, upSeconds }: View): string {
  const total = totals(rows);
  const codes = rows.slice(0, 6).map(({ code, alerts }) => `${code}=${alerts}`);
  return [
    clock(upSeconds),
    `alerts=${total.alerts}`,
    `messages=${total.messages}`,
    `rate=${Math.round(total.rate)}/s`,
    `lag=${shown(figures.lag)}`,
    `rejected=${shown(figures.rejected)}`,
    `halted=${shown(figures.halted)}`,
    ...SHARES.map((of) => `${of}=${percent(total[of], total.alerts) || '–'}`),
    ...codes,
  ].join(' ');
}

function totals(rows: readonly Row[]) {
  const sum = (of: (row: Row) => number) => rows.reduce((all, row) => all + of(row), 0);
  return {
    alerts: sum((row) => row.alerts),
    messages: sum((row) => row.messages),
    rate: sum((row) => row.rate),
    suppressible: sum((row) => row.suppressible),
    unstoppable: sum((row) => row.unstoppable),
    alwaysOn: sum((row) => row.alwaysOn),
    protected: sum((row) => row.protected),
    unknown: sum((row) => row.unknown),
    stoppableNow: sum((row) => row.stoppableNow),
  };
}

function shown(value: number | null): string {
  return value === null ? '–' : whole.format(value);
}

function warnAbove(value: number | null, text: string, colour: 'yellow' | 'red'): string {
  return value !== null && value > 0 ? styleText(colour, text) : text;
}

function percent(part: number, all: number): string {
  return all === 0 ? '' : `${((100 * part) / all).toFixed(1)}%`;
}

function clock(seconds: number): string {
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  return `${two(seconds / 3600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}`;
}

function fit(text: string, width: number): string {
  return text.length > width ? `${text.slice(0, width - 1)}…` : text.padEnd(width);
}

/** Colour codes have no width, so a line that is too wide loses its colours first. */
function clip(text: string, columns: number): string {
  const plain = stripVTControlCharacters(text);
  return plain.length <= columns ? text : plain.slice(0, columns);
}
