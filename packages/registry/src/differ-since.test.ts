import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { differSince } from './differ-since.ts';
import { loadRegistry, shippedRegistry } from './load.ts';

const folder = mkdtempSync(join(tmpdir(), 'tocsin-differ-'));
afterAll(() => rmSync(folder, { recursive: true }));

const london = (day: string) => Date.parse(`${day}T00:00:00+01:00`);
const SUP_01 = `eui64s: [90-B3-D5-1F-30-01-00-01]
        dcc-user: `;
const shipped = loadRegistry(shippedRegistry(), { shiftWeeks: 0 });

test.each([
  ['the same', 'parties.yaml', '', '', null],
  ['a name', 'parties.yaml', 'name: Supplier 1\n', 'name: Another\n', null],
  ['plain words', 'codes.yaml', 'plain: A device', 'plain: Some device', null],
  ['what the catalogue has anyway', 'codes.yaml', 'code: 81B8', 'code: 81B8\n    safety: true', null],
  ['a flag', 'parties.yaml', `${SUP_01}true`, `${SUP_01}false`, Number.NEGATIVE_INFINITY],
  [
    'a flag from a day on',
    'parties.yaml',
    `${SUP_01}true`,
    `${SUP_01}[{ to: 2020-05-01 }]`,
    london('2020-05-01'),
  ],
  [
    'a day of release',
    'levers.yaml',
    '2020-05-04, state: released',
    '2020-05-06, state: released',
    london('2020-05-04'),
  ],
  ['a reason', 'levers.yaml', 'reason: deafness', 'reason: silence', Date.parse('2020-03-27T00:00:00Z')],
  [
    'a safety code more',
    'codes.yaml',
    'code: 810E',
    'code: 810E\n    safety: true',
    Number.NEGATIVE_INFINITY,
  ],
])('%s (%s)', (_, file, from, to, since) => {
  cpSync(shippedRegistry(), folder, { recursive: true });
  const text = readFileSync(join(folder, file), 'utf8');
  const changed = text.replace(from, to);
  expect(changed === text).toBe(from === to);
  writeFileSync(join(folder, file), changed);
  const other = loadRegistry(folder, { shiftWeeks: 0 });
  expect(differSince(shipped, other)).toBe(since);
  expect(differSince(other, shipped)).toBe(since);
});
