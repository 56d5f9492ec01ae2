import type { Store } from '../client.ts';
import { bucketOf, type Target } from './targets.ts';

/**
 * A version that is not committed by this age never will be: the commit itself refuses it. Sweeping what was left
 * behind waits for twice as long, so that it can't take the rows of a build that is about to be committed.
 */
export const VERSION_LIFETIME_SECONDS = 1800;

/** A day of a whole nation has more groups than memory: from here on they go to disk. */
const BYTES_IN_MEMORY = 1_500_000_000;

/** Messages that one statement takes on, where a build can go by shares: their groups fit in memory. */
const MESSAGES_AT_ONCE = 5_000_000;

/** What a build committed: `version` holds `sourceRows` messages over its buckets. */
export interface Build {
  version: string;
  sourceRows: number;
}

/**
 * Builds buckets (their beginnings, `YYYY-MM-DD hh:mm:ss`, UTC) under a version of their own and commits them, whatever
 * they came out as: the views and the ledger judge whether they are fresh. After a failure the version stays
 * invisible; build again under a new one, never under the same, which might by then hold its rows twice.
 */
export async function buildBuckets(
  store: Store,
  target: Target,
  buckets: readonly string[],
  messagesAtOnce = MESSAGES_AT_ONCE,
): Promise<Build> {
  const { table, bucket, bucketSeconds, key, values, ofOneDevice } = target;
  // Version 7 carries the server's time, by which the version's age is judged. The revisions are counted before they
  // are applied: a build may hold more of them than it says, and is then never taken for fresh, but not fewer.
  const [made] = await store.rows<{ version: string; revisions: [string, number][]; messages: number }>(
    `SELECT generateUUIDv7() AS version, groupArray((bucket, revision)) AS revisions,
       (SELECT sum(hour_accepted) FROM blocks WHERE ${bucketOf(target, 'hour')} IN {buckets:Array(DateTime('UTC'))}) AS messages
     FROM (
       SELECT toString(${bucketOf(target, 'hour')}) AS bucket, count() AS revision
       FROM revisions
       WHERE ${bucketOf(target, 'hour')} IN {buckets:Array(DateTime('UTC'))} AND at < initialQueryStartTime()
       GROUP BY bucket
     )`,
    { buckets },
  );
  const { version, messages } = made!;
  const shares = ofOneDevice ? Math.max(1, Math.ceil(messages / messagesAtOnce)) : 1;
  const revisions = new Map(made!.revisions);
  const columns = { ...key, ...values };
  const begin = [...buckets].sort();
  const ofShare = shares > 1 ? 'AND cityHash64(device) % {shares:UInt32} = {share:UInt32}' : '';
  for (let share = 0; share < shares; share++) {
    await store.command(
      `INSERT INTO ${table} (version, ${bucket}, ${Object.keys(columns).join(', ')})
       SELECT {version:UUID}, ${bucketOf(target, 'received_at')} AS built, ${Object.values(columns).join(', ')}
       FROM ${store.database}.raw_alerts(target = '', seconds = ${bucketSeconds},
         from = {from:DateTime('UTC')}, to = {last:DateTime('UTC')} + ${bucketSeconds})
       WHERE built IN {buckets:Array(DateTime('UTC'))} ${ofShare}
       GROUP BY built, ${Object.values(key).join(', ')}`,
      { version, buckets, from: begin[0], last: begin.at(-1), share, shares },
      { max_bytes_before_external_group_by: String(BYTES_IN_MEMORY) },
    );
  }
  await store.command(
    `INSERT INTO builds (target, bucket, version, revision, source_rows)
     SELECT {table:String}, ${bucket}, version,
       transform(${bucket}, {buckets:Array(DateTime('UTC'))}, {revisions:Array(UInt64)}, 0), sum(messages)
     FROM ${table}
     WHERE version = {version:UUID} AND ${bucket} IN {buckets:Array(DateTime('UTC'))}
       AND UUIDv7ToDateTime(version) > now() - {lifetime:UInt32}
     GROUP BY ${bucket}, version`,
    {
      table,
      version,
      buckets,
      revisions: buckets.map((one) => revisions.get(one) ?? 0),
      lifetime: VERSION_LIFETIME_SECONDS,
    },
  );
  const [read] = await store.rows<{ sourceRows: number }>(
    `SELECT sum(source_rows) AS sourceRows FROM builds
     WHERE target = {table:String} AND version = {version:UUID} AND NOT superseded`,
    { table, version },
  );
  return { version, sourceRows: read!.sourceRows };
}
