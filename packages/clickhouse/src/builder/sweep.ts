import type { Store } from '../client.ts';
import { VERSION_LIFETIME_SECONDS } from './build-hours.ts';

// Commits and tombstones by version, with what the ledger has accepted of the bucket.
const VERSIONS = `
  SELECT bucket, version, any(source_rows) AS source_rows, any(accepted) AS accepted
  FROM builds
  JOIN (SELECT hour, sum(hour_accepted) AS accepted FROM blocks GROUP BY hour) AS ledger ON hour = bucket
  WHERE target = 'rollup_hours'
  GROUP BY bucket, version
  HAVING NOT max(superseded)`;

/**
 * Writes the tombstones of versions that no query needs: those with fewer messages than the ledger has, which only
 * grows, and all fresh ones but the one that the views choose. As that is the greatest of all that anyone sees,
 * builders that do this side by side never bury the last one between them.
 */
export async function supersedeBuilds(store: Store): Promise<void> {
  await store.command(
    `INSERT INTO builds (target, bucket, version, revision, source_rows, superseded)
     SELECT 'rollup_hours', bucket, version, 0, source_rows, true
     FROM (
       SELECT bucket, version, source_rows, accepted,
         maxIf(version, source_rows = accepted) OVER (PARTITION BY bucket) AS chosen
       FROM (${VERSIONS})
     )
     WHERE source_rows < accepted OR (source_rows = accepted AND version != chosen)`,
  );
}

/** Versions deleted in one go: their names travel in the address of the request, whose length is limited. */
const SWEPT_AT_ONCE = 100;

/**
 * Deletes up to 100 versions whose tombstone is older than `afterSeconds`, which must be longer than any query
 * takes, or which a killed builder left uncommitted. Resolves to the number deleted; call again until it is 0.
 */
export async function sweepBuilds(store: Store, afterSeconds: number): Promise<number> {
  const doomed = await store.rows<{ bucket: string; version: string }>(
    `SELECT toString(bucket) AS bucket, toString(version) AS version
     FROM (
       SELECT bucket, version
       FROM builds
       WHERE target = 'rollup_hours'
       GROUP BY bucket, version
       HAVING max(superseded) AND minIf(at, superseded) < now64(6) - {after:UInt32}
       UNION DISTINCT
       SELECT hour, version
       FROM rollup_hours
       WHERE UUIDv7ToDateTime(version) < now() - {abandoned:UInt32}
         AND (hour, version) NOT IN (SELECT bucket, version FROM builds WHERE target = 'rollup_hours')
     )
     LIMIT {most:UInt32}`,
    { after: afterSeconds, abandoned: 2 * VERSION_LIFETIME_SECONDS, most: SWEPT_AT_ONCE },
  );
  if (doomed.length === 0) return 0;
  const params = {
    buckets: doomed.map(({ bucket }) => bucket),
    versions: doomed.map(({ version }) => version),
  };
  const pairs = "arrayZip({buckets:Array(DateTime('UTC'))}, {versions:Array(UUID)})";
  await store.command(`DELETE FROM rollup_hours WHERE (hour, version) IN ${pairs}`, params);
  // The commit goes before its tombstone: the other way round, a query between the two would choose a version
  // whose rows are gone.
  const builds = `DELETE FROM builds WHERE target = 'rollup_hours' AND (bucket, version) IN ${pairs}`;
  await store.command(`${builds} AND NOT superseded`, params);
  await store.command(`${builds} AND superseded`, params);
  return doomed.length;
}
