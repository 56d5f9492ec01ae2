import { expect, test } from 'vitest';
import { compare } from '../compare/compare.ts';
import type { Figure, Measure, Measured } from '../form.ts';
import { inColumns } from './columns.ts';
import { showComparison } from './comparison.ts';
import { showMeasured } from './measured.ts';

const count = (id: string, label: string, value: number | null): Measure => ({
  ...{ id, label, value, unit: 'alerts', kind: 'count' },
});
const FIGURE: Figure = {
  id: 'f',
  title: `Fall of 8F3E and AD1 ${'over and over '.repeat(12)}`.trim(),
  formula: 'as told '.repeat(40).trim(),
  window: '2020-07-01',
  measures: [
    count('f.alerts', 'alerts', 1000),
    count('f.part.alerts', 'part', 450),
    { ...count('f.part.share', 'part, of all', 0.45), unit: 'share', low: 0.4, high: 0.5, n: 210 },
    { ...count('f.none', 'nothing', null), absent: 'the store is empty' },
  ],
  table: {
    columns: ['who', 'in words', 'alerts'],
    rows: [['csp-south', 'a long story '.repeat(15).trim(), 1234]],
  },
  notes: [],
};
const MEASURED: Measured = {
  ...{ form: 1, report: 'opsg-34', timeZone: 'Europe/London', weeks: 0 },
  period: { first: '2020-02-01', last: '2020-07-31' },
  figures: [FIGURE],
};
const longest = (text: string) => Math.max(...text.split('\n').map(({ length }) => length));

test('a count and its share are in one row, codes have their names, and no line is longer than 120', () => {
  const text = showMeasured(MEASURED);
  expect(text).toMatch(/\n {2}part +450 {2}alerts {2}45\.0% {2}40\.0% to 50\.0% {2}210\n/);
  expect(text).toContain('  nothing: the store is empty\n');
  expect(text).toMatch(/\n {2}8F3E {5}\S/);
  expect(text).toMatch(/\n {2}AD1 {6}\S/);
  expect(longest(text)).toBeLessThanOrEqual(120);
});

test('a comparison opens with what disagrees, then goes figure by figure', () => {
  const truth = new Map<string, number | null>([
    ['f.alerts', 1000],
    ['f.part.alerts', 451],
    ['g.more', 1],
  ]);
  const stated = [{ measure: 'f.part.share', text: '37%', from: 0.365, below: 0.375, scaled: false }];
  const text = showComparison(compare(MEASURED, truth, stated, 1000));
  const [head, figure] = text.split('\n\n') as [string, string];
  expect(head.split('\n').slice(1)).toEqual([
    'NOT ALL AGREES',
    '  f.part.alerts: 450 measured, 451 by the truth: does not agree',
    '  f.part.share: 45.0% measured, 37% by the minutes: does not agree with the minutes',
    '  g.more: in the truth, but not measured',
  ]);
  expect(figure).toMatch(/^f\n/);
  expect(figure).toMatch(/\n {2}alerts +1,000 +1,000 {2}agrees\n/);
  expect(figure).toMatch(/\n {2}part\.alerts +450 +451 {2}DOES NOT AGREE\n/);
  expect(longest(text)).toBeLessThanOrEqual(120);
});

test('the widest column is broken over lines, columns of nothing are left out', () => {
  const heads = [{ head: 'a' }, { head: 'b' }, { head: 'c', right: true }];
  const lines = inColumns(heads, [
    ['x', '', '1'],
    ['word '.repeat(40).trim(), '', '12'],
  ]);
  expect(lines[0]).toMatch(/^ {2}a +c$/);
  expect(lines[1]).toMatch(/^ {2}x +1$/);
  expect(lines.length).toBe(4);
  expect(longest(lines.join('\n'))).toBeLessThanOrEqual(120);
});
