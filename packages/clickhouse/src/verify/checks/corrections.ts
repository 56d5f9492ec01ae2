import type { Store } from '../../client.ts';
import { ALERT_CORE_COLUMNS } from '../../delivery/tables.ts';
import { addFinding, EXAMPLES, type Findings, noFindings } from '../findings.ts';
import { type Span, together } from '../spans.ts';

interface Miscount {
  hour: string;
  revision: string;
  expected: number;
  found: number;
  positions: number;
  n: number;
}

/** Those of sealed days may be gone. */
const WHOLE = 'toDate(hour) NOT IN (SELECT toDate(bucket) FROM sealed_versions)';

/**
 * Each committed revision of an hour: as many corrections as it says, each of another position. One that was committed
 * after the query began is not looked at, as its corrections may not all be seen yet.
 */
export async function checkRevisions(store: Store, { first, last }: Span): Promise<Findings> {
  const rows = await store.rows<Miscount>(
    `SELECT toString(hour) AS hour, toString(revision) AS revision, corrected AS expected, rows AS found, positions,
       count() OVER () AS n
     FROM (
       SELECT hour, revision, any(corrected) AS corrected FROM revisions
       WHERE toDate(hour) BETWEEN {first:Date} AND {last:Date} AND at < initialQueryStartTime() AND ${WHOLE}
       GROUP BY hour, revision
     ) AS committed
     LEFT JOIN (
       SELECT toStartOfHour(received_at) AS hour, revision, count() AS rows, uniqExact(stream, partition, offset) AS positions
       FROM corrections WHERE toDate(received_at) BETWEEN {first:Date} AND {last:Date} GROUP BY hour, revision
     ) AS correction USING (hour, revision)
     WHERE rows != corrected OR positions != corrected
     ORDER BY hour, revision LIMIT ${EXAMPLES}`,
    { first, last },
  );
  const findings = noFindings();
  for (const { hour, revision, expected, found, positions } of rows) {
    const detail = `revision ${revision} of ${hour} says ${expected} corrections, there are ${found} of ${positions} positions`;
    addFinding(findings, { check: 'revision-count', detail, hour, expected, found });
  }
  if (rows.length > 0) findings.violations['revision-count'] = rows[0]!.n;
  return findings;
}

// A hash over a null would be null, and in no set and out of none.
const CORE = ALERT_CORE_COLUMNS.map((column) =>
  column === 'raised_at' ? 'ifNull(toUnixTimestamp64Milli(raised_at), -1)' : column,
).join(', ');

/**
 * Committed corrections of a span of days stand for a row that there is, and differ from it in nothing that the
 * message itself says: not in its hour, nor in its N. A day whose raw rows may be gone has none to compare with.
 */
export async function checkCorrections(store: Store, { first, last }: Span): Promise<Findings> {
  const rows = await store.rows<{
    stream: string;
    partition: number;
    offset: number;
    revision: string;
    hour: string;
    n: number;
  }>(
    `WITH committed AS (SELECT hour, revision FROM revisions WHERE toDate(hour) BETWEEN {first:Date} AND {last:Date} AND ${WHOLE})
     SELECT stream, partition, offset, toString(revision) AS revision, toString(toStartOfHour(received_at)) AS hour,
       count() OVER () AS n
     FROM corrections
     WHERE (toStartOfHour(received_at), revision) IN committed
       AND cityHash64(${CORE}) NOT IN (
         SELECT cityHash64(${CORE}) FROM alerts
         WHERE toStartOfHour(received_at) IN (SELECT hour FROM committed)
       )
     ORDER BY stream, partition, offset, revision LIMIT ${EXAMPLES}`,
    { first, last },
  );
  const findings = noFindings();
  for (const { stream, partition, offset, revision, hour } of rows) {
    const detail = `revision ${revision} corrects offset ${offset} of ${hour}: no raw row says the same of itself`;
    const place = { stream, partition, hour, firstOffset: offset, lastOffset: offset };
    addFinding(findings, { check: 'correction-unfounded', detail, ...place });
  }
  if (rows.length > 0) findings.violations['correction-unfounded'] = rows[0]!.n;
  return findings;
}

/** Days with revisions whose raw rows are there to be compared with: sealed ones are left out. */
export async function readCorrectedDays(store: Store): Promise<Span[]> {
  const rows = await store.rows<{ span: string; messages: number }>(
    `SELECT toString(toDate(hour)) AS span, sum(n) AS messages
     FROM (
       SELECT hour, corrected AS n FROM revisions
       UNION ALL
       SELECT hour, hour_accepted AS n FROM blocks WHERE hour IN (SELECT hour FROM revisions)
     )
     WHERE ${WHOLE} GROUP BY span ORDER BY span`,
  );
  return together(rows);
}

/** No partition's rows have been compared with more of the device history than there is. */
export async function checkWatermarks(store: Store): Promise<Findings> {
  // The watermarks first: the history only grows.
  const marks = await store.rows<{ stream: string; partition: number; key: string; next: string }>(
    `SELECT stream, partition, mark.1 AS key, toString(mark.2) AS next
     FROM (
       SELECT stream, partition, arrayJoin(CAST(argMax(through, (claim, at)), 'Array(Tuple(String, UInt64))')) AS mark
       FROM reattributed GROUP BY stream, partition
     )`,
  );
  const history = await store.rows<{ key: string; next: string }>(
    `SELECT concat(stream, '/', toString(partition)) AS key, toString(max(offset) + 1) AS next
     FROM device_history GROUP BY stream, partition`,
  );
  const ends = new Map(history.map(({ key, next }) => [key, BigInt(next)]));
  const findings = noFindings();
  for (const { stream, partition, key, next } of marks) {
    const end = ends.get(key) ?? 0n;
    if (BigInt(next) <= end) continue;
    const detail = `rows were compared with the device history of ${key} up to offset ${next}, it ends at ${end}`;
    const [expected, found] = [Number(end), Number(next)];
    addFinding(findings, { check: 'watermark-end', detail, stream, partition, expected, found });
  }
  return findings;
}

export async function countCorrections(store: Store): Promise<number> {
  const [row] = await store.rows<{ n: number }>('SELECT sum(corrected) AS n FROM revisions');
  return row!.n;
}
