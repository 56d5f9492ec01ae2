import { amount } from '../numbers.ts';
import type { Told } from './told.ts';

const SHOWN = 50;
const COLUMNS = ['devices', 'can be off', 'are off', 'alerts', 'suppressible', 'off, arriving'];
const line = (code: string, name: string, cells: readonly string[], why: string) =>
  `${code.padEnd(5)} ${name.padEnd(38)}${cells.map((cell) => cell.padStart(14)).join('')}  ${why}`.trimEnd();

/** For a person at a terminal. */
export function show({ rows, reading }: Told): string {
  if (rows.length === 0) return `${reading}\n`;
  return [
    line('code', 'for', COLUMNS, 'why not'),
    ...rows
      .slice(0, SHOWN)
      .map(({ code, name, devices, available, off, alerts, suppressible, arriving, obstacles, others }) =>
        line(
          code,
          name,
          [devices, available, off, alerts, suppressible, arriving].map(amount),
          [...new Set([...obstacles, ...others].map(({ reason }) => reason))].join(', '),
        ),
      ),
    ...(rows.length > SHOWN ? [`… and ${rows.length - SHOWN} more: --json has all of them.`] : []),
    reading,
    '',
  ].join('\n');
}
