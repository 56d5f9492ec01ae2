import { bucketOf, type Target } from '../../builder/targets.ts';
import type { Store } from '../../client.ts';
import { addFinding, EXAMPLES, type Findings, noFindings } from '../findings.ts';
import type { Span } from '../spans.ts';

const EVER = "from = toDateTime(0, 'UTC'), to = toDateTime(4294967295, 'UTC')";

/** `bucket_versions` of a target over a range, for a FROM. */
const versionsOf = (store: Store, { table, bucketSeconds }: Target, range = EVER) =>
  `${store.database}.bucket_versions(target = '${table}', seconds = ${bucketSeconds}, ${range})`;

/** Buckets that the views read from a version, `YYYY-MM-DD hh:mm:ss`, and of these the ones whose raw rows may be gone. */
export async function readFreshBuckets(
  store: Store,
  target: Target,
): Promise<{ bucket: string; sealed: boolean }[]> {
  return store.rows(
    `SELECT toString(bucket) AS bucket,
       (bucket IN (SELECT bucket FROM sealed_versions WHERE target = {table:String}))::Bool AS sealed
     FROM ${versionsOf(store, target)} WHERE toUInt128(version) != 0 ORDER BY bucket`,
    { table: target.table },
  );
}

/** What each committed version holds, against what its row in builds says. */
export async function checkBuildSources(store: Store, target: Target): Promise<Findings> {
  const { table, bucket } = target;
  const rows = await store.rows<{
    hour: string;
    version: string;
    expected: number;
    found: number;
    n: number;
  }>(
    `SELECT toString(bucket) AS hour, toString(version) AS version, source_rows AS expected, messages AS found,
       count() OVER () AS n
     FROM (
       SELECT bucket, version, any(source_rows) AS source_rows
       FROM builds
       WHERE target = {table:String} AND at < initialQueryStartTime()
       GROUP BY bucket, version
       HAVING NOT max(superseded)
     ) AS build
     LEFT JOIN (SELECT ${bucket} AS bucket, version, sum(messages) AS messages FROM ${table} GROUP BY bucket, version)
       AS derived USING (bucket, version)
     WHERE source_rows != messages
     ORDER BY hour LIMIT ${EXAMPLES}`,
    { table },
  );
  const findings = noFindings();
  for (const { hour, version, expected, found } of rows) {
    const detail = `build ${version} of ${table} ${hour} says ${expected} messages, its rows: ${found}`;
    addFinding(findings, { check: 'build-source', detail, hour, expected, found });
  }
  if (rows.length > 0) findings.violations['build-source'] = rows[0]!.n;
  return findings;
}

interface Mismatch {
  hour: string;
  key: string;
  built: number;
  raw: number;
}

/**
 * A target's fresh buckets of a span of days, row by row, against their raw rows as corrected; `messages` are given beside the
 * row's key, and all its values are compared. May pass: a late row is in between the ledger, which makes the bucket
 * stale, and us. Sealed buckets are left out, as their raw rows go.
 */
export async function checkBuildContent(
  store: Store,
  target: Target,
  { first, last }: Span,
): Promise<Findings> {
  const { table, bucket, key, values } = target;
  const range = `from = toDateTime({first:Date}, 'UTC'), to = toDateTime({last:Date} + 1, 'UTC')`;
  const fresh = `SELECT bucket, version FROM ${versionsOf(store, target, range)}
    WHERE toUInt128(version) != 0
      AND bucket NOT IN (SELECT bucket FROM sealed_versions WHERE target = {table:String})`;
  const keys = Object.keys(key);
  // A state of an aggregate can't be compared, its value can.
  const value = (name: string, expression: string) =>
    expression.includes('State(') ? `finalizeAggregation(${name})` : name;
  const content = (prefix: string) =>
    `cityHash64(${Object.entries(values).map(([name, expression]) => value(prefix + name, expression))})`;
  // Named otherwise than the columns, which the values read.
  const counted = Object.fromEntries(Object.entries(values).map(([name, one]) => [RAW + name, one]));
  const rows = await store.rows<Mismatch>(
    `SELECT toString(bucket) AS hour, concatWithSeparator(' ', ${keys.map((name) => `toString(${name})`).join(', ')}) AS key,
       sumIf(messages, derived) AS built, sumIf(messages, NOT derived) AS raw
     FROM (
       SELECT ${bucket} AS bucket, ${keys.join(', ')}, messages, ${content('')} AS content, true AS derived
       FROM ${table} WHERE (bucket, version) IN (${fresh})
       UNION ALL
       SELECT bucket, ${keys.join(', ')}, ${RAW}messages AS messages, ${content(RAW)} AS content, false AS derived
       FROM (
         SELECT ${bucketOf(target, 'received_at')} AS bucket, ${select({ ...key, ...counted })}
         FROM ${store.database}.raw_alerts(target = '', seconds = ${target.bucketSeconds}, ${range})
         WHERE bucket IN (SELECT bucket FROM (${fresh}))
         GROUP BY bucket, ${Object.values(key).join(', ')}
       )
     )
     GROUP BY bucket, ${keys.join(', ')}
     HAVING sumIf(content, derived) != sumIf(content, NOT derived)
     ORDER BY hour, key LIMIT ${50 * EXAMPLES}`,
    { first, last, table },
    { max_bytes_before_external_group_by: '1500000000' },
  );
  const findings = noFindings();
  for (const { hour, key: where, built, raw } of rows) {
    const same = built === raw ? ', other values differ' : '';
    const detail = `${table} ${hour} ${where}: messages built ${built}, raw ${raw}${same}`;
    addFinding(findings, { check: 'build-content', detail, hour, expected: raw, found: built }, true);
  }
  return findings;
}

const RAW = 'raw_';

const select = (columns: Readonly<Record<string, string>>) =>
  Object.entries(columns)
    .map(([name, expression]) => `${expression} AS ${name}`)
    .join(', ');
