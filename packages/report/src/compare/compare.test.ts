import { expect, test } from 'vitest';
import type { Measure, Measured } from '../form.ts';
import { compare } from './compare.ts';
import { TRUTH } from './truth.ts';

const COUNT: Measure = { id: 'x', label: 'x', unit: 'alerts/day', kind: 'count', value: 100 };
const ESTIMATE: Measure = { ...COUNT, kind: 'estimate', low: 95, high: 105, n: 50 };

const measuredOf = (measure: Measure): Measured => ({
  form: 1,
  report: 'opsg-34',
  timeZone: 'Europe/London',
  weeks: 0,
  period: { first: '2020-02-01', last: '2020-07-31' },
  figures: [{ id: 'f', title: '', formula: '', window: '', measures: [measure], notes: [] }],
});

const againstTruth = (measure: Measure, truth: number | string | null) =>
  compare(measuredOf(measure), new Map([['x', truth]]), [], 1).compared[0]!.truth!.verdict;

test.each([
  ['a count that is the truth', COUNT, 100, 'agrees'],
  ['a count that is not', COUNT, 101, 'does not agree'],
  ['a quotient come to by another way', { ...COUNT, value: 0.1 + 0.2 }, 0.3, 'agrees'],
  ['a count with an interval that holds the truth', { ...COUNT, low: 90, high: 110 }, 101, 'does not agree'],
  ['a day', { ...COUNT, value: '2020-03-01' }, '2020-03-01', 'agrees'],
  ['another day', { ...COUNT, value: '2020-03-01' }, '2020-03-02', 'does not agree'],
  ['an estimate that holds the truth', ESTIMATE, 104, 'agrees'],
  ['an estimate that does not', ESTIMATE, 106, 'does not agree'],
  ['an estimate so wide that it shows nothing', { ...ESTIMATE, low: 80, high: 120 }, 104, 'not shown'],
  [
    'an estimate that is wide and wrong all the same',
    { ...ESTIMATE, low: 80, high: 120 },
    130,
    'does not agree',
  ],
  ['no estimate for want of devices', { ...COUNT, kind: 'estimate', value: null, n: 3 }, 104, 'not shown'],
  ['no estimate where there is nothing', { ...COUNT, kind: 'estimate', value: null }, null, 'agrees'],
  ['a count whose days the store has not', { ...COUNT, value: null, outside: true }, 100, 'not shown'],
  ['a count where the truth has none', COUNT, null, 'does not agree'],
] as [string, Measure, number | string | null, string][])('%s', (_, measure, truth, verdict) => {
  expect(againstTruth(measure, truth)).toBe(verdict);
});

const MINUTE = { measure: 'x', text: 'about 100,000', from: 90_000, below: 110_000, scaled: true };
const againstMinutes = (measure: Measure, scale = 1000) =>
  compare(measuredOf(measure), new Map(), [MINUTE], scale).compared[0]!.minutes!.verdict;

test.each([
  ['in the range, divided by the scale', COUNT, 'agrees'],
  ['at its end, which is without', { ...COUNT, value: 110 }, 'does not agree'],
  ['beside it', { ...COUNT, value: 120 }, 'does not agree'],
  ['beside it, with an interval that meets it', { ...ESTIMATE, value: 112, low: 107, high: 117 }, 'agrees'],
  ['too wide', { ...ESTIMATE, low: 60, high: 140 }, 'not shown'],
  ['in the range, with too few devices', { ...COUNT, n: 29 }, 'not shown'],
  ['beside it, with too few devices', { ...COUNT, value: 120, n: 29 }, 'not shown'],
  ['for want of devices', { ...ESTIMATE, value: null, n: 3 }, 'not shown'],
  ['none', { ...COUNT, value: null }, 'does not agree'],
  ['of days that the store has not', { ...COUNT, value: null, outside: true }, 'not shown'],
] as [string, Measure, string][])('against the minutes: %s', (_, measure, verdict) => {
  expect(againstMinutes(measure)).toBe(verdict);
});

test('at 1:1 a count is compared as it is, an estimate with its interval', () => {
  const near = { value: 112_000, low: 107_000, high: 117_000 };
  expect(againstMinutes({ ...COUNT, ...near }, 1)).toBe('does not agree');
  expect(againstMinutes({ ...ESTIMATE, ...near }, 1)).toBe('agrees');
});

test('another scale divides otherwise', () => expect(againstMinutes(COUNT, 1)).toBe('does not agree'));

test('nothing agrees as a whole while one thing does not, or is not measured', () => {
  const whole = (truth: [string, number][]) => compare(measuredOf(COUNT), new Map(truth), [], 1);
  expect(whole([['x', 100]]).agrees).toBe(true);
  expect(whole([['x', 99]]).agrees).toBe(false);
  const unheard = whole([
    ['x', 100],
    ['y', 1],
  ]);
  expect(unheard).toMatchObject({ agrees: false, unmeasured: ['y'] });
});

test('of a truth only `report` and `scale` are read', () => {
  const { report, ...others } = TRUTH.parse({ seed: 7, scale: 1000, alerts: [1], report: { x: 1, y: null } });
  expect([...report]).toEqual([
    ['x', 1],
    ['y', null],
  ]);
  expect(others).toEqual({ scale: 1000 });
  expect(TRUTH.parse({ report: {} }).scale).toBeUndefined();
  expect(TRUTH.safeParse({ seed: 7 }).success).toBe(false);
});
