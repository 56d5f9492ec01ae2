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

test('what is no YAML, and a file that is not there', () => {
  expect(read('version: 1\nparties: [')).toEqual([expect.stringMatching(/^parties\.yaml:2: /)]);
  expect(() => readYaml(SCHEMA, join(folder, 'none.yaml'))).toThrow(/none\.yaml: can't be read: ENOENT/);
});

test('an empty file', () => {
  expect(read('')).toEqual([expect.stringContaining('parties.yaml:1: the whole')]);
});
