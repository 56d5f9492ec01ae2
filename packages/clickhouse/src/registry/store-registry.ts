import type { Store } from '../client.ts';

/** A table for each kind of registry. */
export const REGISTRY_TABLES = [
  'parties',
  'levers',
  'rollouts',
  'components',
  'codes',
  'migration_pauses',
] as const;

/** Rows of each table without their version: columns as the table has them. */
export type RegistryRows = Readonly<Record<(typeof REGISTRY_TABLES)[number], readonly object[]>>;

/** Ids of the parties of the newest registry, in order; none before there is any. */
export async function readParties(store: Store): Promise<string[]> {
  const rows = await store.rows<{ id: string }>(
    `SELECT DISTINCT toString(party) AS id FROM ${store.database}.parties
     WHERE version = (SELECT argMax(version, at) FROM ${store.database}.registry_versions) ORDER BY id`,
  );
  return rows.map(({ id }) => id);
}

/**
 * Makes a version of the registries the one that holds; nothing where it does already. Killed before its end, the
 * version's rows are deleted by the next try.
 */
export async function storeRegistry(store: Store, version: string, rows: RegistryRows): Promise<void> {
  const [newest] = await store.rows<{ version: string }>(
    'SELECT version FROM registry_versions ORDER BY at DESC LIMIT 1',
  );
  if (newest?.version === version) return;
  for (const table of REGISTRY_TABLES) {
    await store.command(`DELETE FROM ${table} WHERE version = {version:String}`, { version });
    const [first] = rows[table];
    if (!first) continue;
    await store.insert({
      table,
      columns: ['version', ...Object.keys(first)],
      format: 'JSONEachRow',
      body: rows[table].map((row) => `${JSON.stringify({ version, ...row })}\n`).join(''),
    });
  }
  await store.insert({
    table: 'registry_versions',
    columns: ['version'],
    format: 'JSONEachRow',
    body: JSON.stringify({ version }),
  });
}
