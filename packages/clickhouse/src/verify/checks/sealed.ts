import { bucketOf, TARGETS, type Target } from '../../builder/targets.ts';
import type { Store } from '../../client.ts';
import { addFinding, EXAMPLES, type Findings, noFindings } from '../findings.ts';
import { type Span, together } from '../spans.ts';

/** Days that are sealed, wholly or not. */
export async function readSealedDays(store: Store): Promise<Span[]> {
  const rows = await store.rows<{ span: string; messages: number }>(
    `SELECT toString(toDate(hour)) AS span, sum(hour_accepted) AS messages FROM blocks
     WHERE toDate(hour) IN (SELECT toDate(bucket) FROM sealed_versions) GROUP BY span ORDER BY span`,
  );
  return together(rows);
}

/** The buckets of a target with the version that each is read from for ever. */
const sealedOf = (table: string): string =>
  `SELECT bucket, max(version) AS version FROM sealed_versions
   WHERE target = '${table}' AND toDate(bucket) BETWEEN {first:Date} AND {last:Date} GROUP BY bucket`;

/** A sealed version of every bucket that the ledger has messages of, with as many messages. */
export async function checkSealedWhole(store: Store, target: Target, span: Span): Promise<Findings> {
  const { table, bucket } = target;
  const rows = await store.rows<{
    hour: string;
    sealed: boolean;
    expected: number;
    found: number;
    n: number;
  }>(
    `SELECT toString(bucket) AS hour, (toUInt128(version) != 0)::Bool AS sealed, accepted AS expected,
       messages AS found, count() OVER () AS n
     FROM (
       SELECT ${bucketOf(target, 'hour')} AS bucket, sum(hour_accepted) AS accepted FROM blocks
       WHERE toDate(hour) BETWEEN {first:Date} AND {last:Date} GROUP BY bucket
     ) AS ledger
     LEFT JOIN (${sealedOf(table)}) AS seal USING (bucket)
     LEFT JOIN (
       SELECT ${bucket} AS bucket, sum(messages) AS messages FROM ${table}
       WHERE (${bucket}, version) IN (${sealedOf(table)}) GROUP BY bucket
     ) AS derived USING (bucket)
     WHERE expected != found
     ORDER BY bucket LIMIT ${EXAMPLES}`,
    { ...span },
  );
  const findings = noFindings();
  for (const { hour, sealed, expected, found } of rows) {
    const is = sealed ? `is sealed with ${found} messages` : 'is not sealed, though others of its day are';
    const detail = `${table} ${hour} ${is}, the ledger accepted ${expected}`;
    addFinding(findings, { check: 'sealed-whole', detail, hour, expected, found });
  }
  if (rows.length > 0) findings.violations['sealed-whole'] = rows[0]!.n;
  return findings;
}

/** By what the other tables can be held against `rollup_hours`. */
const SHARED: Readonly<Record<string, readonly string[]>> = {
  load_minutes: ['region', 'device_kind', 'responsible_party'],
  device_days: ['alert_code'],
};

/** With the raw rows gone, each table is the other's witness: all of them count the same alerts. */
export async function checkSealedAgree(store: Store, span: Span): Promise<Findings> {
  const findings = noFindings();
  for (const target of TARGETS) {
    const keys = SHARED[target.table];
    if (!keys) continue;
    const sums = (table: string, bucket: string, column: string, own: boolean) =>
      `SELECT ${bucket} AS bucket, ${keys.join(', ')}, alerts, messages, ${own} AS own
       FROM ${table} WHERE (${column}, version) IN (${sealedOf(table)})`;
    const rows = await store.rows<{ hour: string; key: string; expected: number; found: number; n: number }>(
      `SELECT toString(bucket) AS hour, concatWithSeparator(' ', ${keys.join(', ')}) AS key,
         sumIf(alerts, NOT own) AS expected, sumIf(alerts, own) AS found, count() OVER () AS n
       FROM (
         ${sums('rollup_hours', bucketOf(target, 'hour'), 'hour', false)}
         UNION ALL
         ${sums(target.table, target.bucket, target.bucket, true)}
       )
       GROUP BY bucket, ${keys.join(', ')}
       HAVING expected != found OR sumIf(messages, own) != sumIf(messages, NOT own)
       ORDER BY hour, key LIMIT ${EXAMPLES}`,
      { ...span },
    );
    for (const { hour, key, expected, found } of rows) {
      const detail = `${target.table} ${hour} ${key}: sealed with ${found} alerts, rollup_hours with ${expected}`;
      addFinding(findings, { check: 'sealed-agree', detail, hour, expected, found });
    }
    if (rows.length > 0) {
      const before = findings.violations['sealed-agree']! - rows.length;
      findings.violations['sealed-agree'] = before + rows[0]!.n;
    }
  }
  return findings;
}
