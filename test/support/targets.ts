import { buildBuckets, findStaleBuckets, type Store, TARGETS, type Target } from '@tocsin/clickhouse';

const target = (table: string): Target => TARGETS.find((one) => one.table === table)!;

export const ROLLUP = target('rollup_hours');
export const DEVICE_DAYS = target('device_days');

/** How many buckets of a target are read from a build. */
export async function countFresh(
  { database, rows }: Store,
  { table, bucketSeconds }: Target,
  range = "from = toDateTime(0, 'UTC'), to = toDateTime(4294967295, 'UTC')",
): Promise<number> {
  const [row] = await rows<{ n: number }>(
    `SELECT countIf(toUInt128(version) != 0) AS n
     FROM ${database}.bucket_versions(target = '${table}', seconds = ${bucketSeconds}, ${range})`,
  );
  return row!.n;
}

/** Counts all that is over into builds, as a builder with time enough does. */
export async function buildAll(store: Store): Promise<void> {
  for (const target of TARGETS) {
    const stale = await findStaleBuckets(store, target, {
      graceSeconds: 0,
      quietSeconds: 0,
      patienceSeconds: 0,
    });
    if (stale.length === 0) continue;
    await buildBuckets(
      store,
      target,
      stale.map(({ bucket }) => bucket),
    );
  }
}
