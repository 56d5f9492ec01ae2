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

test.each([
  ['regions: { North: 0.3,', 'regions: { North: 0.4,', 'regions', 'come to 1'],
  ['regions: [North], share: 1,', 'regions: [North], share: 0.9,', 'models.hub is 0.9', 'come to 1 in North'],
  ['id: r2-8f12-micro', 'id: r2-8f12', 'firmware[2].id is "r2-8f12"', 'not there yet'],
  ['id: sup-13,', 'id: sup-12,', 'parties.suppliers[12].id is "sup-12"', 'not there yet'],
  ['id: gt-04', 'id: sup-01', 'parties.transporters[3].id is "sup-01"', 'not there yet'],
  ['region: Central, eui64', 'region: South, eui64', 'parties.csps[2].region is "South"', 'not there yet'],
  ['to: 2020-06-22, share: 0.2 }', 'to: 2020-06-22, share: 0.3 }', 'firmware[0].waves is 1.1', '1 at most'],
  [
    'fails: [{ share: 0.22,',
    'fails: [{ share: 1.0, reason: x }, { share: 0.22,',
    'fails is 1.22',
    '1 at most',
  ],
  [
    'version: 2.02.6\n    codes: [8F12]',
    'version: 2.02.6\n    codes: [8F99]',
    'codes[0] is "8F99"',
    'raises',
  ],
  ['      code: 8F3E,\n      role', '      code: 8F21,\n      role', 'efforts[0].code is "8F21"', 'raises'],
  ['{ another: 0.01,', '{ another: 0.999,', 'wrong-credentials', '1 at most'],
  ['{ json: 80, duis: 10, gbcs: 10 }', '{ json: 0, duis: 0, gbcs: 10 }', 'encodings', 'above 0'],
  [
    'from: 2020-02-10, to: 2020-07-26 }',
    'from: 2020-07-27, to: 2020-07-26 }',
    'supplier-changes',
    'not after',
  ],
  [
    '- { from: 2020-03-24, level: 0 }',
    '- { from: 2020-06-24, level: 0 }',
    'installations.level',
    'one after',
  ],
  [
    'states: [{ from: 2020-03-02, state: pilot }, { from: 2020-03-27,',
    'states: [{ from: 2020-03-28, state: pilot }, { from: 2020-03-27,',
    'firmware[1].states',
    'one after',
  ],
  ['hold: 2020-03-27', 'hold: 2020-03-02', 'figures.pilot.hold', 'after the pilot began, 2020-03-02'],
  ['to: "2020-05-06T20:00"', 'to: "2020-05-06T16:00"', 'gaps[0]', 'before `to`'],
  [
    'from: "2020-05-06T16:00"',
    'from: "2020-02-15T16:00"',
    'gaps[0].from is "2020-02-15T16:00"',
    'from 2020-02-16 on',
  ],
  ['from: GSME, to: transporter', 'from: GSME, to: operator', 'alerts[', 'electricity meters alone'],
  ['code: "8183", from: GSME, to: supplier', 'code: "8183", from: GSME, to: csp', 'alerts[', 'nothing off'],
  ['flat: { day: [1] }', 'flat: { day: [0] }', 'shapes.flat.day', 'above 0'],
])('%s as %s is refused, and said what is expected', (place, instead, field, expected) => {
  const [fault, ...others] = faultsOf(place, instead);
  expect(others).toEqual([]);
  expect(fault).toContain(field);
  expect(fault).toContain(expected);
  expect(fault).toMatch(/mine\.yaml:\d+: /);
});

test('the calendar is moved by whole weeks, to end this day or on the same weekday before', () => {
  const scenario = loadScenario(scenarioFile('opsg-34'));
  const { last } = scenario.calendar;
  const at = (days: number) => Date.parse(`${last}T12:00:00Z`) + days * 86_400_000;
  expect([0, 6, 7, 8, 364].map((days) => weeksUntil(scenario, at(days)))).toEqual([0, 0, 1, 1, 52]);
});
