import { randomUUID } from 'node:crypto';
import type { Store } from '../client.ts';
import { formatMoment } from '../delivery/tab-separated.ts';
import type { DataVersion } from './data-version.ts';

/** A document as it was published. Times are ms since the epoch; `numbers` are as whoever published them has them. */
export interface Published<Numbers> {
  readonly name: string;
  /** From 1 on. */
  readonly revision: number;
  readonly begins: number;
  readonly ends: number;
  readonly by: string;
  readonly dataVersion: DataVersion;
  readonly numbers: Numbers;
  readonly markdown: string;
}

/** Somebody else published the same name at the same moment. */
export class PublishedMeanwhile extends Error {
  override readonly name = 'PublishedMeanwhile';
}

/**
 * Publishes the next revision of a name, and gives its number. What is published is never changed.
 * @throws PublishedMeanwhile where another one took that number: then nothing was published, or, of two that did so without the
 * server's telling them apart, one that `readPublished` does not show
 */
export async function publish<Numbers>(
  store: Store,
  one: Omit<Published<Numbers>, 'revision'>,
): Promise<number> {
  const newest = await readRevision(store, one.name);
  const revision = newest + 1;
  const id = randomUUID();
  const row = {
    name: one.name,
    revision,
    id,
    begins: formatMoment(one.begins),
    ends: formatMoment(one.ends),
    published_by: one.by,
    data_version: JSON.stringify(one.dataVersion),
    numbers: JSON.stringify(one.numbers),
    markdown: one.markdown,
  };
  await store.insert({
    table: 'published_reports',
    columns: Object.keys(row),
    format: 'JSONEachRow',
    body: JSON.stringify(row),
    // Of two at the same moment the server takes one.
    token: `${one.name} ${revision}`,
  });
  const [stands] = await store.rows<{ id: string }>(
    `SELECT toString(argMin(one.id, (published_at, one.id))) AS id FROM published_reports AS one
     WHERE name = {name:String} AND revision = {revision:UInt32}`,
    { name: one.name, revision },
  );
  if (stands?.id !== id)
    throw new PublishedMeanwhile(
      `revision ${revision} of ${one.name} was published meanwhile: publish again`,
    );
  return revision;
}

async function readRevision(store: Store, name: string): Promise<number> {
  const [row] = await store.rows<{ newest: number }>(
    'SELECT max(revision) AS newest FROM published_reports WHERE name = {name:String}',
    { name },
  );
  return row!.newest;
}

/** A revision of what was published by a name, the newest where none is asked for; null where there is none. */
export async function readPublished<Numbers>(
  store: Store,
  name: string,
  revision: number | null,
): Promise<(Published<Numbers> & { readonly at: number }) | null> {
  const [row] = await store.rows<{
    revision: number;
    begins: number;
    ends: number;
    at: number;
    by: string;
    dataVersion: string;
    numbers: string;
    markdown: string;
  }>(
    `SELECT revision, toUnixTimestamp64Milli(one.begins) AS begins, toUnixTimestamp64Milli(one.ends) AS ends,
       toUnixTimestamp64Milli(published_at) AS at, published_by AS by, data_version AS dataVersion, numbers, markdown
     FROM published_reports AS one
     WHERE name = {name:String} AND revision = if({revision:Nullable(UInt32)} IS NULL,
       (SELECT max(revision) FROM published_reports WHERE name = {name:String}), {revision:Nullable(UInt32)})
     ORDER BY published_at, id LIMIT 1`,
    { name, revision },
  );
  if (!row) return null;
  return { ...row, name, dataVersion: JSON.parse(row.dataVersion), numbers: JSON.parse(row.numbers) };
}
