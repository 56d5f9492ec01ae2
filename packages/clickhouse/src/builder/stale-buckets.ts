import type { Store } from '../client.ts';
import { bucketOf, type Target } from './targets.ts';

/** When a stale bucket is worth building. All times are seconds. */
export interface BuildPolicy {
  /** How long after its end a bucket counts as closed. */
  graceSeconds: number;
  /** A bucket waits until it has had no new block or revision for this long … */
  quietSeconds: number;
  /** … but no longer than this since its first block or last build, so that a trickle does not starve it. */
  patienceSeconds: number;
}

/** What the builder goes by unless its BUILD_…_SECONDS say otherwise. */
export const BUILD_POLICY: BuildPolicy = { graceSeconds: 30, quietSeconds: 3, patienceSeconds: 300 };

/** `bucket` is its beginning, `YYYY-MM-DD hh:mm:ss` in UTC; `accepted` are the ledger's messages. */
export interface StaleBucket {
  bucket: string;
  accepted: number;
  /** Whether policy lets it be built now. */
  due: boolean;
}

/** Closed buckets without a fresh build, oldest first. Sees every committed build, also those of this second. */
export function findStaleBuckets(store: Store, target: Target, policy: BuildPolicy): Promise<StaleBucket[]> {
  const { table } = target;
  return store.rows<StaleBucket>(
    `SELECT toString(ledger.bucket) AS bucket, accepted,
       (latest <= now64(3) - {quiet:UInt32} OR greatest(began, built) <= now64(3) - {patience:UInt32})::Bool AS due
     FROM (
       SELECT ${bucketOf(target, 'hour')} AS bucket, sum(messages) AS accepted, sum(revisions) AS revision,
         minIf(began, messages > 0) AS began, max(latest) AS latest
       FROM (
         SELECT hour, sum(hour_accepted) AS messages, 0 AS revisions, min(planned_at) AS began, max(planned_at) AS latest
         FROM blocks GROUP BY hour
         UNION ALL
         SELECT hour, 0 AS messages, count() AS revisions, min(at) AS began, max(at) AS latest
         FROM revisions WHERE at < initialQueryStartTime() GROUP BY hour
       )
       WHERE hour < ${bucketOf(target, "(now('UTC') - {grace:UInt32})")}
       GROUP BY bucket
       HAVING accepted > 0
     ) AS ledger
     LEFT JOIN (
       SELECT bucket, groupArrayIf((source_rows, revision), NOT superseded) AS builds, max(at) AS built
       FROM (
         SELECT bucket, version, any(source_rows) AS source_rows, any(revision) AS revision,
           max(superseded) AS superseded, min(at) AS at
         FROM builds
         WHERE target = {table:String}
         GROUP BY bucket, version
       )
       GROUP BY bucket
     ) AS build ON build.bucket = ledger.bucket
     LEFT ANTI JOIN (SELECT bucket FROM sealed_versions WHERE target = {table:String}) AS seal
       ON seal.bucket = ledger.bucket
     WHERE NOT has(builds, (accepted, revision))
     ORDER BY ledger.bucket`,
    { table, grace: policy.graceSeconds, quiet: policy.quietSeconds, patience: policy.patienceSeconds },
  );
}

/**
 * Those of the buckets whose raw rows are all there. Rows follow their ledger, so the others would not become fresh
 * by a build: their rows are still on the way, or `tocsin verify` has something to say about them.
 */
export async function keepComplete(
  store: Store,
  target: Target,
  stale: readonly StaleBucket[],
): Promise<StaleBucket[]> {
  const counted = await store.rows<{ bucket: string; messages: number }>(
    `SELECT toString(${bucketOf(target, 'received_at')}) AS bucket, count() AS messages
     FROM alerts
     WHERE ${bucketOf(target, 'received_at')} IN {buckets:Array(DateTime('UTC'))}
     GROUP BY bucket`,
    { buckets: stale.map(({ bucket }) => bucket) },
  );
  const messages = new Map(counted.map((row) => [row.bucket, row.messages]));
  return stale.filter(({ bucket, accepted }) => messages.get(bucket) === accepted);
}
