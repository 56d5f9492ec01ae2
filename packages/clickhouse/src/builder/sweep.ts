import type { Store } from '../client.ts';
import { VERSION_LIFETIME_SECONDS } from './build-buckets.ts';
import { bucketOf, type Target } from './targets.ts';

// Commits without a tombstone, with what ledger and revisions have of the bucket by now.
const versions = (target: Target) => `
  SELECT bucket, version, any(source_rows) AS source_rows, any(build.revision) AS revision,
    any(accepted) AS accepted, any(ledger.revisions) AS revisions
  FROM builds AS build
  JOIN (
    SELECT ${bucketOf(target, 'hour')} AS began, sum(messages) AS accepted, sum(corrected) AS revisions
    FROM (
      SELECT hour, sum(hour_accepted) AS messages, 0 AS corrected FROM blocks GROUP BY hour
      UNION ALL
      SELECT hour, 0 AS messages, count() AS corrected FROM revisions WHERE at < initialQueryStartTime() GROUP BY hour
    )
    GROUP BY began
  ) AS ledger ON began = bucket
  WHERE target = {table:String}
    AND bucket NOT IN (SELECT bucket FROM sealed_versions WHERE target = {table:String})
  GROUP BY bucket, version
  HAVING NOT max(superseded)`;

/**
 * Writes the tombstones of versions that no query needs: those with fewer messages than the ledger has, or of fewer
 * revisions than there are, both of which only grow, and all fresh ones but the one that the views choose. As that is
 * the greatest of all that anyone sees, builders that do this side by side never bury the last one between them.
 */
export async function supersedeBuilds(store: Store, target: Target): Promise<void> {
  await store.command(
    `INSERT INTO builds (target, bucket, version, revision, source_rows, superseded)
     SELECT {table:String}, bucket, version, revision, source_rows, true
     FROM (
       SELECT bucket, version, source_rows, revision,
         source_rows < accepted OR revision < revisions AS stale,
         source_rows = accepted AND revision = revisions AS fresh,
         maxIf(version, fresh) OVER (PARTITION BY bucket) AS chosen
       FROM (${versions(target)})
     )
     WHERE stale OR (fresh AND version != chosen)`,
    { table: target.table },
  );
}

/** Versions deleted in one go: their names travel in the address of the request, whose length is limited. */
const SWEPT_AT_ONCE = 100;

/**
 * Deletes up to 100 versions whose tombstone is older than `afterSeconds`, which must be longer than any query
 * takes, or which a killed builder left uncommitted; never one that is sealed, which a builder that had not seen the
 * seal may have buried. Resolves to the number deleted; call again until it is 0.
 */
export async function sweepBuilds(store: Store, target: Target, afterSeconds: number): Promise<number> {
  const { table, bucket } = target;
  const doomed = await store.rows<{ bucket: string; version: string }>(
    `SELECT toString(bucket) AS bucket, toString(version) AS version
     FROM (
       SELECT bucket, version
       FROM builds
       WHERE target = {table:String}
       GROUP BY bucket, version
       HAVING max(superseded) AND minIf(at, superseded) < now64(6) - {after:UInt32}
       UNION DISTINCT
       SELECT ${bucket}, version
       FROM ${table}
       WHERE UUIDv7ToDateTime(version) < now() - {abandoned:UInt32}
         AND (${bucket}, version) NOT IN (SELECT bucket, version FROM builds WHERE target = {table:String})
     )
     WHERE (bucket, version) NOT IN (SELECT bucket, version FROM sealed_versions WHERE target = {table:String})
     LIMIT {most:UInt32}`,
    { table, after: afterSeconds, abandoned: 2 * VERSION_LIFETIME_SECONDS, most: SWEPT_AT_ONCE },
  );
  if (doomed.length === 0) return 0;
  const params = {
    table,
    buckets: doomed.map((one) => one.bucket),
    versions: doomed.map(({ version }) => version),
  };
  const pairs = "arrayZip({buckets:Array(DateTime('UTC'))}, {versions:Array(UUID)})";
  await store.command(`DELETE FROM ${table} WHERE (${bucket}, version) IN ${pairs}`, params);
  // The commit goes before its tombstone: the other way round, a query between the two would choose a version
  // whose rows are gone.
  const builds = `DELETE FROM builds WHERE target = {table:String} AND (bucket, version) IN ${pairs}`;
  await store.command(`${builds} AND NOT superseded`, params);
  await store.command(`${builds} AND superseded`, params);
  return doomed.length;
}
