import type { Store } from '../client.ts';

/** Keeps an export's manifest, plain JSON, for `asker` alone; once this resolves `readManifest` finds it, in any process. */
export async function keepManifest(
  store: Store,
  asker: string,
  manifest: { readonly id: string },
): Promise<void> {
  const row = { id: manifest.id, asker, manifest: JSON.stringify(manifest) };
  await store.insert({
    table: 'export_manifests',
    columns: Object.keys(row),
    format: 'JSONEachRow',
    body: JSON.stringify(row),
    token: manifest.id,
  });
}

/** A manifest that was kept for this asker within thirty days; null: there is none, or it is another's. @param id a UUID */
export async function readManifest<Manifest>(
  store: Store,
  asker: string,
  id: string,
): Promise<Manifest | null> {
  const [row] = await store.rows<{ manifest: string }>(
    `SELECT manifest FROM export_manifests
     WHERE id = {id:UUID} AND asker = {asker:String} AND made_at > now('UTC') - INTERVAL 30 DAY LIMIT 1`,
    { id, asker },
  );
  return row === undefined ? null : (JSON.parse(row.manifest) as Manifest);
}
