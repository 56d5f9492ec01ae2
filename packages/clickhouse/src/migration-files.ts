import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { includeFragments } from './expand.ts';

/** The migrations of this package. */
export const DIRECTORY = new URL('../migrations/', import.meta.url);

const NUMBERED = /^\d{3}-.*\.sql$/;

/** Pieces that several views of one migration have in common, by name. A release freezes them with what they stand in. */
async function readFragments(directory: URL): Promise<ReadonlyMap<string, string>> {
  const folder = new URL('fragments/', directory);
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const read = async (name: string) =>
    [name.replace(/\.sql$/, ''), await readFile(new URL(name, folder), 'utf8')] as const;
  return new Map(await Promise.all(names.map(read)));
}

/** Migrations in their order, with their fragments in place; `hash` is that of the whole. */
export async function readMigrations(directory: URL) {
  const fragments = await readFragments(directory);
  const names = (await readdir(directory)).filter((name) => NUMBERED.test(name)).sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = includeFragments(await readFile(new URL(name, directory), 'utf8'), fragments);
      return { name, sql, hash: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}
