import { createStore, type Store, type StoreConnection } from './client.ts';
import { expandMigration, type Layout } from './expand.ts';
import { DIRECTORY, readMigrations } from './migration-files.ts';

/** Which migrations, for which layout: by default MergeTree on the one server that is asked, without fsync. */
export interface MigrateOptions extends Partial<Omit<Layout, 'database'>> {
  /** Folder of numbered .sql files; default: those of this package. */
  directory?: URL;
}

/** A migration by the name of its file; `hash` is the SHA-256, in hex, of its text with the fragments in place. */
export interface AppliedMigration {
  name: string;
  hash: string;
}

/** The store and the files disagree; an operator has to look. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}

const CREATE = `
CREATE DATABASE IF NOT EXISTS \${database} \${on_cluster};
CREATE TABLE IF NOT EXISTS \${database}.migrations \${on_cluster} (
  name String,
  hash String,
  engine LowCardinality(String),
  cluster LowCardinality(String),
  applied_at DateTime64(6, 'UTC') DEFAULT now64(6)
)
ENGINE = \${replicated}ReplacingMergeTree
ORDER BY name
SETTINGS \${durability};
`;

interface Recorded extends AppliedMigration {
  engine: string;
  cluster: string;
  applied_at: string;
}

/** The migrations of this version in their order, with the hashes by which they are told apart. */
export async function listMigrations(directory: URL = DIRECTORY): Promise<AppliedMigration[]> {
  return (await readMigrations(directory)).map(({ name, hash }) => ({ name, hash }));
}

function checkRecorded(recorded: Recorded | undefined, name: string, hash: string, layout: Layout): boolean {
  if (recorded === undefined) return false;
  if (recorded.hash !== hash)
    throw new MigrationError(
      `${name} was changed after it was applied at ${recorded.applied_at}: its hash was ${recorded.hash} ` +
        `and is ${hash}. Restore the file and put the change into a new migration.`,
    );
  for (const field of ['engine', 'cluster'] as const)
    if (recorded[field] !== layout[field])
      throw new MigrationError(
        `${name} was applied with ${field} "${recorded[field]}"; "${layout[field]}" was asked for. ` +
          'Tables do not change engine or cluster by migration.',
      );
  return true;
}

async function applyPending(store: Store, layout: Layout, directory: URL): Promise<AppliedMigration[]> {
  for (const statement of expandMigration(CREATE, layout)) await store.command(statement);
  const rows = await store.rows<Recorded>(
    `SELECT name, hash, engine, cluster, toString(applied_at) AS applied_at
     FROM ${layout.database}.migrations FINAL`,
  );
  const recorded = new Map(rows.map((row) => [row.name, row]));
  const applied: AppliedMigration[] = [];
  // The record is read once: whoever runs beside us, each of us carries out every migration from its first
  // pending one on, in order, so the last statement to touch an object is that of the newest file.
  for (const { name, sql, hash } of await readMigrations(directory)) {
    if (checkRecorded(recorded.get(name), name, hash, layout)) continue;
    for (const statement of expandMigration(sql, layout)) await store.command(statement);
    await store.insert({
      table: `${layout.database}.migrations`,
      columns: ['name', 'hash', 'engine', 'cluster'],
      format: 'JSONEachRow',
      body: JSON.stringify({ name, hash, engine: layout.engine, cluster: layout.cluster }),
    });
    applied.push({ name, hash });
  }
  return applied;
}

/**
 * Brings a database (created if need be) to the newest schema and says which migrations this call carried out.
 * Every statement can be repeated, so services may call it at the same moment. Rejects with MigrationError where
 * an applied file has changed, or where engine or cluster are not those that the tables were made with.
 */
export async function migrate(
  connection: StoreConnection,
  options: MigrateOptions = {},
): Promise<AppliedMigration[]> {
  const { engine = 'MergeTree', cluster = '', fsync = false, directory = DIRECTORY } = options;
  const layout: Layout = { database: connection.database ?? 'tocsin', engine, cluster, fsync };
  // The database may not be there yet, so the connection is to the one that always is.
  const store = createStore({ ...connection, database: 'default' });
  try {
    return await applyPending(store, layout, directory);
  } finally {
    await store.close();
  }
}
