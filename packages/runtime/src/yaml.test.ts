import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { z } from 'zod';
import { FileError, readYaml } from './yaml.ts';

const folder = mkdtempSync(join(tmpdir(), 'tocsin-yaml-'));
afterAll(() => rmSync(folder, { recursive: true }));

const SCHEMA = z.strictObject({
  version: z.literal(1, { error: 'expected 1' }),
  parties: z.array(z.strictObject({ id: z.string(), users: z.number().int() })),
  valid: z
    .union([z.boolean(), z.array(z.strictObject({ from: z.number() }))], {
      error: 'expected true, or a list',
    })
    .optional(),
});

function read(text: string) {
  const file = join(folder, 'parties.yaml');
  writeFileSync(file, text);
  try {
    return readYaml(SCHEMA, file);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return error.faults.map((fault) => fault.replace(`${folder}/`, ''));
  }
}

test('a file as it should be, and where its fields stand', () => {
  const document = read('version: 1\nparties:\n  - id: a\n    users: 2\n');
  if (Array.isArray(document)) throw new Error(document.join());
  expect(document.value.parties).toEqual([{ id: 'a', users: 2 }]);
  expect(document.where(['parties', 0, 'users'])).toMatch(/parties\.yaml:4: parties\[0\]\.users$/);
});

test('every fault with its line, field, value and what was expected', () => {
  expect(read('version: 2\nparties:\n  - id: 7\n    users: 2.5\n  - users: 1\n')).toEqual([
    'parties.yaml:1: version is 2: expected 1',
    'parties.yaml:3: parties[0].id is 7: Invalid input: expected string, received number',
    'parties.yaml:4: parties[0].users is 2.5: Invalid input: expected int, received number',
    'parties.yaml:5: parties[1].id is missing: Invalid input: expected string, received undefined',
  ]);
});

test('an alias of nothing is told by its line, and one of something is what it stands for', () => {
  expect(read('version: 1\nparties:\n  - id: a\n    users: *none\nvalid: *other\n')).toEqual([
    'parties.yaml:4: *none: expected an alias of an anchor above it',
    'parties.yaml:5: *other: expected an alias of an anchor above it',
  ]);
  const document = read('version: &one 1\nparties:\n  - id: a\n    users: *one\n');
  if (Array.isArray(document)) throw new Error(document.join());
  expect(document.value.parties).toEqual([{ id: 'a', users: 1 }]);
});

test('aliases that multiply without end are refused', () => {
  const lists = Array.from(
    { length: 12 },
    (_, n) => `l${n + 1}: &l${n + 1} [${Array(9).fill(`*l${n}`).join()}]`,
  );
  expect(read(`l0: &l0 [x]\n${lists.join('\n')}\n`)).toEqual([
    expect.stringMatching(/^parties\.yaml:1: .*alias/i),
  ]);
});

test('a misspelt key has a fault of its own, on its own line, whatever stands behind it', () => {
  expect(
    read('version: 1\nparties:\n  - id: a\n    users: 1\n    rolls:\n      - x: [1]\nparty:\n  a: 1\n'),
  ).toEqual([
    'parties.yaml:5: parties[0].rolls: expected no field of that name',
    'parties.yaml:7: party: expected no field of that name',
  ]);
  expect(read('version: 1\nparties: []\nold: 7\n')).toEqual([
    'parties.yaml:3: old is 7: expected no field of that name',
  ]);
});

test('maps and lists are not printed, and of alternatives the one that was meant is told of', () => {
  const text = 'version: 1\nparties:\n  - id: { a: 1 }\n    users: 1\n';
  expect(read(`${text}valid:\n  - from: 1\n  - form: 2\n`)).toEqual([
    'parties.yaml:3: parties[0].id: Invalid input: expected string, received object',
    'parties.yaml:7: valid[1].from is missing: Invalid input: expected number, received undefined',
    'parties.yaml:7: valid[1].form is 2: expected no field of that name',
  ]);
  expect(read('version: 1\nparties: []\nvalid: { from: 1 }\n')).toEqual([
    'parties.yaml:3: valid: expected true, or a list',
  ]);
});

test('what is no YAML, and a file that is not there', () => {
  expect(read('version: 1\nparties: [')).toEqual([expect.stringMatching(/^parties\.yaml:2: /)]);
  expect(() => readYaml(SCHEMA, join(folder, 'none.yaml'))).toThrow(/none\.yaml: can't be read: ENOENT/);
});

test('an empty file', () => {
  expect(read('')).toEqual([expect.stringContaining('parties.yaml:1: the whole')]);
});
