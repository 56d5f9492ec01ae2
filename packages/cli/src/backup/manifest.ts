import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BACKUP_TABLES } from '@tocsin/clickhouse';
import { z } from 'zod';
import { CliError } from '../errors.ts';

const NAME = 'manifest.json';
const whole = z.number().int().nonnegative();
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const oneGroup = z.object({
  topic: z.string(),
  groupId: z.string(),
  /** Partition and offset. */
  commits: z.array(z.tuple([whole, whole])),
});
const oneTable = z.object({
  table: z.enum(BACKUP_TABLES),
  columns: z.array(z.string().regex(/^\w+$/)).min(1),
  rows: whole,
  bytes: whole,
  /** Of the file as it lies there. */
  sha256: hash,
});

const schema = z.object({
  version: z.literal(1),
  begun: z.iso.datetime(),
  ended: z.iso.datetime(),
  /** The schema that the rows were of: what a store had had. */
  migrations: z.array(z.object({ name: z.string(), hash })),
  kafka: z.object({ cluster: z.string(), groups: z.array(oneGroup) }),
  tables: z.array(oneTable),
});

/** What a backup holds: without this file, which is written last, a folder is none. */
export type Manifest = z.output<typeof schema>;
export type GroupCommits = z.output<typeof oneGroup>;
export type TableFile = z.output<typeof oneTable>;

export const fileOf = (folder: string, table: string) => join(folder, `${table}.tsv.gz`);

export function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  return writeFile(join(folder, NAME), `${JSON.stringify(manifest, null, 2)}\n`, { flag: 'wx' });
}

/** @throws CliError where the folder has no backup, or one that isn't whole */
export async function readManifest(folder: string): Promise<Manifest> {
  const path = join(folder, NAME);
  const text = await readFile(path, 'utf8').catch(() => {
    throw new CliError(`${folder} has no backup that came to its end: there is no ${NAME} to read`);
  });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new CliError(`${path} is no JSON`);
  }
  const { data, error } = schema.safeParse(json);
  if (!data) throw new CliError(`${path} is not what this version reads: ${z.prettifyError(error)}`);
  const missing = BACKUP_TABLES.filter((name) => !data.tables.some(({ table }) => table === name));
  // A table that came with a later migration is not in an older backup.
  const known = new Set(data.tables.map(({ table }) => table));
  if (known.size !== data.tables.length) throw new CliError(`${path} names a table twice`);
  if (missing.includes('blocks') || missing.includes('alerts'))
    throw new CliError(`${path} lacks ${missing.join(', ')}`);
  return data;
}
