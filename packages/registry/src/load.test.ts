import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UNKNOWN_DEVICE } from '@tocsin/domain';
import { FileError } from '@tocsin/runtime';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { loadRegistry, shippedRegistry } from './load.ts';
import { rowsOf } from './rows.ts';

const folder = mkdtempSync(join(tmpdir(), 'tocsin-registry-'));
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => cpSync(shippedRegistry(), folder, { recursive: true }));

const load = (shiftWeeks = 0) => loadRegistry(folder, { shiftWeeks });

function change(file: string, from: string | RegExp, to: string): void {
  const text = readFileSync(join(folder, file), 'utf8');
  const changed = text.replace(from, to);
  if (changed === text) throw new Error(`${file} has no ${from}`);
  writeFileSync(join(folder, file), changed);
}

function faults(): readonly string[] {
  try {
    load();
    return [];
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return error.faults.map((fault) => fault.replaceAll(`${folder}/`, ''));
  }
}

const WEEK = 7 * 86_400_000;
const NO_TARGET = { hi: 0, lo: 0 };
const meter = { ...UNKNOWN_DEVICE, kind: 'ESME' as const, networkOperator: 'idno-03', supplier: 'sup-01' };

test('the shipped set judges as the minutes tell: an iDNO that is no user leaves its alerts unstoppable', () => {
  const rules = load().rules();
  const at = Date.parse('2020-07-01T12:00:00Z');
  expect(rules.judge('8014', meter, NO_TARGET, at)).toMatchObject({
    responsibleParty: 'idno-03',
    suppression: 'unstoppable',
    reason: 'not-a-dcc-user',
  });
  expect(rules.judge('8014', { ...meter, networkOperator: 'dno-01' }, NO_TARGET, at).suppression).toBe(
    'suppressible',
  );
  expect(rules.judge('81B8', meter, NO_TARGET, at).suppression).toBe('protected');
});

test('a registry can add safety codes, and take none away', () => {
  const at = Date.parse('2020-07-01T12:00:00Z');
  const verdicts = () => ['81B8', '810E'].map((code) => load().rules().judge(code, meter, NO_TARGET, at));
  const protection = { suppression: 'protected', reason: 'safety' };
  change('codes.yaml', /.*/s, 'version: 1\ncodes: []\n');
  expect(verdicts()).toMatchObject([protection, { suppression: 'suppressible' }]);
  expect(rowsOf(load().files).codes.find(({ alert_code }) => alert_code === '81B8')?.safety).toBe(true);

  change('codes.yaml', 'codes: []', 'codes: [{ code: 810E, plain: A danger., safety: true, source: ours }]');
  expect(verdicts()).toMatchObject([protection, protection]);
  change('codes.yaml', '810E', '81B8');
  change('codes.yaml', 'true', 'false');
  expect(faults()).toEqual([
    expect.stringMatching(/^codes\.yaml:2: codes\[0\]\.safety is false: expected true, or nothing/),
  ]);
});

test('a code outside the catalogue can be told of and be ended by firmware, and is unknown all the same', () => {
  change('levers.yaml', 'codes: [8F3E]', 'codes: [8F3E, 8FFE]');
  const { files, rules } = load();
  const row = rowsOf(files).codes.find(({ alert_code }) => alert_code === '8FFE');
  expect(row).toMatchObject({ name: '', plain: expect.stringContaining('not known'), always_on: 'n/a' });
  const at = Date.parse('2020-07-01T12:00:00Z');
  expect(rules().judge('8FFE', meter, NO_TARGET, at)).toMatchObject({ reason: 'unknown-code' });
});

test('days are those of London: a lever is released at midnight there, in summer 23:00 UTC', () => {
  const rules = load().rules();
  const hub = {
    ...UNKNOWN_DEVICE,
    kind: 'CHF' as const,
    manufacturer: 'WNC',
    model: 'CS-1',
    firmware: '1.10.4',
    region: 'South' as const,
  };
  const released = Date.parse('2020-05-03T23:00:00Z');
  expect(rules.judge('8F3E', hub, NO_TARGET, released - 1).remedy).toBe('pilot');
  expect(rules.judge('8F3E', hub, NO_TARGET, released)).toMatchObject({
    remedy: 'released',
    actingParty: 'csp-south',
  });
  expect(rules.changes).toContain(released);
});

test('all times move by whole weeks, and nothing else', () => {
  const moved = load(52);
  const [before, after] = [load().rules().changes, moved.rules().changes];
  expect(after).toEqual(before.map((at) => at + 52 * WEEK));
  expect(moved.files.components.at(-1)?.capacities.map(({ capacity }) => capacity)).toEqual([200, 400]);
  expect(moved.version).not.toBe(load().version);
});

test('where every hundredth device is told of, a component can take a hundredth, and nothing else changes', () => {
  const whole = loadRegistry(folder, { shiftWeeks: 0 });
  const scaled = loadRegistry(folder, { shiftWeeks: 0, scale: 100 });
  expect(scaled.files.components.at(-1)?.capacities.map(({ capacity }) => capacity)).toEqual([2, 4]);
  expect({ ...scaled.files, components: [] }).toEqual({ ...whole.files, components: [] });
  expect(scaled.version).not.toBe(whole.version);
});

test.each([
  [
    'parties.yaml',
    /eui64s: \[.*\]/,
    'eui64s: [90-B3]',
    /^parties\.yaml:\d+: parties\[0\]\.roles\[0\]\.eui64s\[0\] is "90-B3": expected an EUI-64/,
  ],
  [
    'parties.yaml',
    '- role: csp',
    '- role: dcc',
    /^parties\.yaml:\d+: parties\[\d+\]\.roles\[0\]\.regions: expected only of a csp/,
  ],
  [
    'parties.yaml',
    'role: import-supplier',
    'role: import-supplier\n        kind: idno',
    /^parties\.yaml:\d+: parties\[0\]\.roles\[0\]\.kind is "idno": expected only of an electricity-distributor/,
  ],
  [
    'parties.yaml',
    'id: sup-02',
    'id: sup-01',
    /^parties\.yaml:\d+: parties\[1\]\.id is "sup-01": expected one that is not there yet/,
  ],
  [
    'parties.yaml',
    '90-B3-D5-1F-30-01-00-02',
    '90-B3-D5-1F-30-01-00-01',
    /expected one that sup-01 does not have at the same time/,
  ],
  [
    'parties.yaml',
    'dcc-user: true',
    'dcc-user: perhaps',
    /dcc-user is "perhaps": expected true, false, or a list/,
  ],
  [
    'parties.yaml',
    'dcc-user: true',
    'dcc-user: [{ from: 2020-02-01, to: 2020-01-01 }]',
    /expected `from` before `to`/,
  ],
  [
    'parties.yaml',
    '- role: gas-supplier',
    '- role: import-supplier',
    /^parties\.yaml:10: .*roles\[1\]\.role is "import-supplier": expected one that sup-01 does not have/,
  ],
  [
    'parties.yaml',
    'regions: [Central]',
    'regions: [North, Central]',
    /regions\[0\] is "North": expected one that csp-north does not have at the same time/,
  ],
  [
    'parties.yaml',
    /- role: csp\n +regions: .*/,
    '- role: dcc',
    /role is "dcc": expected one that csp-north does not have at the same time/,
  ],
  [
    'parties.yaml',
    '90-B3-D5-1F-30-01-00-01',
    '00-00-00-00-00-00-00-00',
    /^parties\.yaml:8: parties\[0\]\.roles\[0\]\.eui64s\[0\] is "00-.*": expected an EUI-64/,
  ],
  [
    'parties.yaml',
    'dcc-user: true',
    'dcc-user: [{ from: 2020-01-01, til: 2020-02-01 }]',
    /^parties\.yaml:9: .*\.dcc-user\[0\]\.til is "2020-02-01": expected no field of that name/,
  ],
  [
    'rollouts.yaml',
    'ends: 2020-06-23',
    'ends: 2020-05-03',
    /^rollouts\.yaml:8: rollouts\[0\]\.ends is "2020-05-03": expected a time after `begins`/,
  ],
  [
    'rollouts.yaml',
    '2020-03-27, reason',
    '2020-03-27, to: 2020-03-26, reason',
    /pauses\[0\]\.to is "2020-03-26": expected a time after `from`/,
  ],
  ['levers.yaml', 'reason: deafness', 'reason: déaf', /reason is "déaf": expected printable ASCII/],
  ['parties.yaml', 'version: 1', 'version: 2', /^parties\.yaml:2: version is 2: expected 1/],
  [
    'levers.yaml',
    'codes: [8F3E]',
    'codes: ["8FFF"]',
    /is "8FFF": expected a code of the catalogue or of codes\.yaml/,
  ],
  [
    'levers.yaml',
    '2020-05-04, state: released',
    '2020-04-04, state: released',
    /levers\[1\]\.states: expected states in the order of time/,
  ],
  ['levers.yaml', 'state: released', 'state: done', /state is "done"/],
  ['rollouts.yaml', 'lever: wnc-8f3e', 'lever: wnc', /lever is "wnc": expected a firmware of levers\.yaml/],
  ['components.yaml', 'capacity: 200', 'capacity: -1', /capacity is -1/],
  [
    'codes.yaml',
    'source: name',
    'sources: name',
    /^codes\.yaml:\d+: codes\[0\]\.sources is "name.*": expected no field of that name/,
  ],
])('a fault in %s (%s)', (file, from, to, expected) => {
  change(file, from, to);
  expect(faults()).toEqual(expect.arrayContaining([expect.stringMatching(expected)]));
});

test('what follows upon another of its kind is no contradiction', () => {
  const then = (role: string) => `    roles:
      - role: ${role}
        regions: [North]
        eui64s: [90-B3-D5-1F-30-06-00-01]
        dcc-user: false`;
  const [until, from] = ['valid: { to: 2020-06-01 }', 'valid: { from: 2020-06-01 }'];
  const next = `  - id: csp-next\n    name: Another\n${then('csp')}\n        ${from}`;
  change('parties.yaml', then('csp'), `${then('csp')}\n        ${until}\n${next}`);
  expect(faults()).toEqual([]);
});

test('faults of several files are told at once', () => {
  change('parties.yaml', 'version: 1', 'version: 3');
  change('codes.yaml', 'version: 1', 'version: 4');
  expect(faults()).toHaveLength(2);
});

test('pauses of migrations are told of, and a network without any needs no file', () => {
  const { version, files } = load(1);
  expect(rowsOf(files).migration_pauses).toEqual([
    {
      ...{ programme: 'mds-2020', name: 'MDS migrations', reason: 'alert volume' },
      ...{ begins: '2020-05-31 23:00:00.000', ends: '2020-07-07 23:00:00.000' },
      source: expect.stringContaining('minutes of July 2020'),
    },
  ]);
  change('migrations.yaml', 'reason: alert volume', 'because: alert volume');
  expect(faults()).toEqual([
    expect.stringContaining('pauses[0].reason'),
    expect.stringContaining('pauses[0].because is "alert volume": expected no field of that name'),
  ]);
  rmSync(join(folder, 'migrations.yaml'));
  expect(load(1).files.migrations).toEqual([]);
  expect(load(1).version).not.toBe(version);
});
