import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileError } from '@tocsin/runtime';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadScenario, scenarioFile, weeksUntil } from './load.ts';

const TEXT = readFileSync(scenarioFile('opsg-34'), 'utf8');
let file: string;
beforeAll(() => {
  file = join(mkdtempSync(join(tmpdir(), 'tocsin-scenario-')), 'mine.yaml');
});
afterAll(() => rmSync(join(file, '..'), { recursive: true }));

/** Faults of the shipped scenario with one place of it changed. */
function faultsOf(place: string, instead: string): readonly string[] {
  expect(TEXT).toContain(place);
  writeFileSync(file, TEXT.replace(place, instead));
  try {
    loadScenario(file);
  } catch (error) {
    if (error instanceof FileError) return error.faults;
    throw error;
  }
  return [];
}
const lineOf = (place: string) => TEXT.slice(0, TEXT.indexOf(place)).split('\n').length;

test.each([
  ['gas: 0.8', 'gas: 1.8', 'gas is 1.8'],
  ['hubs: 2500000', 'hubs: many', 'hubs is "many"'],
  ['first: 2020-02-01, last: 2020-07-31', 'first: 2020-02-30, last: 2020-07-31', '2020-02-30'],
  ['verdict: always-on/code', 'verdict: perhaps', 'verdict is "perhaps"'],
  ['models: [KM-200], share', 'modells: [KM-200], share', 'modells'],
])('%s as %s is refused by file, line, field and value', (place, instead, named) => {
  const [fault, ...others] = faultsOf(place, instead);
  expect(fault).toContain(`${file}:`);
  expect([fault, ...others].join('\n')).toContain(named);
});

test.each([
  ['firmware: wnc-8f3e', 'firmware: wnc-8f3f', 'figures.unauthorised-access.firmware'],
  ['operators: [dno-01, dno-02', 'operators: [dno-99, dno-02', 'groups'],
  ['models: [CS-1], rate: 62.5', 'models: [CS-9], rate: 62.5', 'groups'],
])('%s as %s names nothing that there is, and what there is', (place, instead, named) => {
  const faults = faultsOf(place, instead);
  expect(faults).toHaveLength(1);
  expect(faults[0]).toContain(named);
  expect(faults[0]).toContain('expected one of ');
  expect(Math.abs(Number(/:(\d+):/.exec(faults[0]!)![1]) - lineOf(place))).toBeLessThan(2);
});

test('the calendar is moved by whole weeks, to end this day or on the same weekday before', () => {
  const scenario = loadScenario(scenarioFile('opsg-34'));
  const { last } = scenario.calendar;
  const at = (days: number) => Date.parse(`${last}T12:00:00Z`) + days * 86_400_000;
  expect([0, 6, 7, 8, 364].map((days) => weeksUntil(scenario, at(days)))).toEqual([0, 0, 1, 1, 52]);
});
