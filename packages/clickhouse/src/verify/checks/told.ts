import type { Store } from '../../client.ts';
import { endsTable, type PartitionEnd } from '../ends.ts';
import { addFinding, EXAMPLES, type Findings, noFindings } from '../findings.ts';

/** Alerts that tell of firmware whatever else they say; 8F8B does where its payload could be read. 202: CS06. */
const TELLS =
  "alert_code IN ('8F72', '8F1B', '8F1C') OR alert_code IN ('8F66', '8F67') AND message_code = 202";
const WHOLE = 'NOT IN (SELECT toDate(bucket) FROM sealed_versions)';

/** The device history against the alerts: one row for each alert that tells of firmware, and none for any other. */
export async function checkTold(store: Store, ends: readonly PartitionEnd[]): Promise<Findings> {
  const findings = noFindings();
  if (ends.length === 0) return findings;
  const rows = await store.rows<{
    stream: string;
    partition: number;
    offset: number;
    must: number;
    found: number;
  }>(
    `SELECT stream, partition, offset, sum(must) AS must, sum(told) AS found
     FROM (
       SELECT stream, partition, offset, toUInt8(${TELLS}) AS must, 1 AS may, 0 AS told
       FROM alerts INNER JOIN ${endsTable(ends)} AS ends USING (stream, partition)
       WHERE (${TELLS} OR alert_code = '8F8B') AND offset <= upto AND toDate(received_at) ${WHOLE}
       UNION ALL
       SELECT stream, partition, offset, 0 AS must, 0 AS may, 1 AS told
       FROM device_history INNER JOIN ${endsTable(ends)} AS ends USING (stream, partition)
       WHERE source = 'device' AND offset <= upto AND toDate(recorded_at) ${WHOLE}
     )
     GROUP BY stream, partition, offset
     HAVING found < must OR found > sum(may)
     ORDER BY stream, partition, offset LIMIT ${50 * EXAMPLES}`,
  );
  for (const { must, found, ...place } of rows) {
    const { offset, ...partition } = place;
    const detail = `offset ${offset}: rows in the device history: ${found}, alerts that tell of firmware: ${must}`;
    const where = { ...partition, firstOffset: offset, lastOffset: offset };
    addFinding(findings, { check: 'history-told', detail, ...where, expected: must, found }, found <= 1);
  }
  return findings;
}
