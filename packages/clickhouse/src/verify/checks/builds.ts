import type { Store } from '../../client.ts';
import { addFinding, EXAMPLES, type Findings, noFindings } from '../findings.ts';

const EVER = "from = toDateTime(0, 'UTC'), to = toDateTime(4294967295, 'UTC')";
const NIL = "toUUID('00000000-0000-0000-0000-000000000000')";

/** Hours that the views read from a version, `YYYY-MM-DD hh:mm:ss`. */
export async function readFreshHours(store: Store): Promise<string[]> {
  const rows = await store.rows<{ hour: string }>(
    `SELECT toString(hour) AS hour FROM ${store.database}.hour_versions(${EVER}) WHERE version != ${NIL} ORDER BY hour`,
  );
  return rows.map(({ hour }) => hour);
}

/** What each committed version holds, against what its row in builds says. */
export async function checkBuildSources(store: Store): Promise<Findings> {
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
       WHERE target = 'rollup_hours' AND at < initialQueryStartTime()
       GROUP BY bucket, version
       HAVING NOT max(superseded)
     ) AS build
     LEFT JOIN (SELECT hour AS bucket, version, sum(messages) AS messages FROM rollup_hours GROUP BY bucket, version)
       AS derived USING (bucket, version)
     WHERE source_rows != messages
     ORDER BY hour LIMIT ${EXAMPLES}`,
  );
  const findings = noFindings();
  for (const { hour, version, expected, found } of rows) {
    const detail = `build ${version} of ${hour} says ${expected} messages, its rows: ${found}`;
    addFinding(findings, {
      check: 'build-source',
      detail,
      hour,
      expected,
      found,
    });
  }
  if (rows.length > 0) findings.violations['build-source'] = rows[0]!.n;
  return findings;
}

interface Mismatch {
  hour: string;
  key: string;
  built: [number, number, number];
  raw: [number, number, number];
}

/**
 * Fresh hours of one day, dimension by dimension, against their raw rows: messages, alerts, distinct devices.
 * May pass: a late row is in between the ledger, which makes the hour stale, and us.
 */
export async function checkBuildContent(store: Store, day: string): Promise<Findings> {
  const range = `from = toDateTime({day:Date}, 'UTC'), to = toDateTime({day:Date} + 1, 'UTC')`;
  const fresh = `SELECT hour, version FROM ${store.database}.hour_versions(${range}) WHERE version != ${NIL}`;
  const rows = await store.rows<Mismatch>(
    `SELECT toString(hour) AS hour, concat(alert_code, ' ', toString(message_code), ' ', target, ' ', toString(encoding)) AS key,
       (sumIf(m, derived), sumIf(a, derived), uniqMergeIf(d, derived)) AS built,
       (sumIf(m, NOT derived), sumIf(a, NOT derived), uniqMergeIf(d, NOT derived)) AS raw
     FROM (
       SELECT hour, alert_code, message_code, target, encoding, true AS derived,
         messages AS m, alerts AS a, devices AS d
       FROM rollup_hours WHERE (hour, version) IN (${fresh})
       UNION ALL
       SELECT toStartOfHour(received_at) AS hour, alert_code, message_code, target, encoding, false AS derived,
         count() AS m, sum(alerts) AS a, uniqState(device) AS d
       FROM alerts
       WHERE toStartOfHour(received_at) IN (SELECT hour FROM (${fresh}))
       GROUP BY hour, alert_code, message_code, target, encoding
     )
     GROUP BY hour, alert_code, message_code, target, encoding
     HAVING built != raw
     ORDER BY hour, key LIMIT ${50 * EXAMPLES}`,
    { day },
  );
  const findings = noFindings();
  for (const { hour, key, built, raw } of rows) {
    const detail = `${hour} ${key}: messages, alerts, devices built ${built.join(', ')}, raw ${raw.join(', ')}`;
    addFinding(
      findings,
      {
        check: 'build-content',
        detail,
        hour,
        expected: raw[0],
        found: built[0],
      },
      true,
    );
  }
  return findings;
}
