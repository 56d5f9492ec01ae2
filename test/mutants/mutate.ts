import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Plugin } from 'vitest/config';
import type { Mutant } from './mutant.ts';

const MIGRATIONS = 'packages/clickhouse/migrations';
const READER = 'packages/clickhouse/src/migration-files.ts';

/** @throws Error unless each edit's text stands in the source exactly once */
export function applyEdits({ name, file, edits }: Mutant, source: string): string {
  return edits.reduce((text, [find, replace]) => {
    const times = text.split(find).length - 1;
    if (times !== 1)
      throw new Error(`mutant "${name}": ${JSON.stringify(find)} stands ${times} times in ${file}`);
    return text.replace(find, () => replace);
  }, source);
}

/** Puts a mutant's fault into the sources as they are loaded; the files stay as they are. */
export function mutate(mutant: Mutant, root: string): Plugin {
  const isSql = mutant.file.endsWith('.sql');
  const effective = isSql ? redirectMigrations(mutant, root) : mutant;
  return {
    name: 'mutant',
    enforce: 'pre',
    transform: (code, id) =>
      id.split('?')[0] === join(root, effective.file) ? applyEdits(effective, code) : null,
  };
}

/** Migrations are read and not imported: a copy of their folder carries the fault. */
function redirectMigrations(mutant: Mutant, root: string): Mutant {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-mutant-'));
  process.once('exit', () => rmSync(folder, { recursive: true }));
  cpSync(join(root, MIGRATIONS), folder, { recursive: true });
  const copied = join(folder, relative(MIGRATIONS, mutant.file));
  writeFileSync(copied, applyEdits(mutant, readFileSync(copied, 'utf8')));
  const copy = JSON.stringify(`${pathToFileURL(folder).href}/`);
  return {
    ...mutant,
    file: READER,
    edits: [
      [
        "export const DIRECTORY = new URL('../migrations/', import.meta.url);",
        `export const DIRECTORY = new URL(${copy});`,
      ],
    ],
  };
}
