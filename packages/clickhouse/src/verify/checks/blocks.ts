import type { Store } from '../../client.ts';
import type { Books } from '../books.ts';
import type { PartitionEnd } from '../ends.ts';
import { addFinding, EXAMPLES, type Findings, noFindings } from '../findings.ts';
import type { PartitionSummary } from '../report.ts';

// One row per block of a partition, from its rows per hour.
const blocksOf = ({ ledger }: Books) => `
  SELECT first_offset, last_offset, any(records) AS c, any(accepted) AS a, any(rejected) AS r, any(duplicates) AS d,
    sum(hour_accepted) AS by_hour, count() AS hours, uniqExact(hour) AS distinct_hours,
    uniqExact(records, accepted, rejected, duplicates, planned_at, rule_version, checksum) AS headers
  FROM ${ledger}
  WHERE stream = {stream:String} AND partition = {partition:UInt16} AND last_offset <= {last:UInt64}
  GROUP BY first_offset, last_offset`;

/** The ledger's own order: each block begins where the one before it ended (its bounds cover the log's holes). */
export async function checkBlockOrder(store: Store, books: Books, end: PartitionEnd): Promise<Findings> {
  const rows = await store.rows<{
    firstOffset: number;
    lastOffset: number;
    expected: number;
    n: number;
  }>(
    `SELECT first_offset AS firstOffset, last_offset AS lastOffset, expected, count() OVER () AS n
     FROM (
       SELECT first_offset, last_offset, lagInFrame(last_offset + 1, 1, first_offset)
         OVER (ORDER BY first_offset, last_offset ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS expected
       FROM (${blocksOf(books)})
     )
     WHERE first_offset != expected OR last_offset < first_offset
     ORDER BY first_offset LIMIT ${EXAMPLES}`,
    { ...end },
  );
  const findings = noFindings();
  const { stream, partition } = end;
  for (const { firstOffset, lastOffset, expected } of rows) {
    const how =
      lastOffset < firstOffset
        ? 'ends before it begins'
        : firstOffset > expected
          ? `leaves a gap of ${firstOffset - expected} offsets after its predecessor`
          : 'overlaps its predecessor';
    const detail = `block ${firstOffset} to ${lastOffset} ${how}`;
    addFinding(findings, {
      check: 'block-order',
      detail,
      stream,
      partition,
      firstOffset,
      lastOffset,
      expected,
    });
  }
  if (rows.length > 0) findings.violations['block-order'] = rows[0]!.n;
  return findings;
}

/** The arithmetic within each block. */
export async function checkBlockSums(store: Store, books: Books, end: PartitionEnd): Promise<Findings> {
  const rows = await store.rows<{
    firstOffset: number;
    lastOffset: number;
    detail: string;
    n: number;
  }>(
    `SELECT first_offset AS firstOffset, last_offset AS lastOffset, count() OVER () AS n,
       multiIf(
         hours != distinct_hours, format('has {} ledger rows for {} hours', toString(hours), toString(distinct_hours)),
         headers != 1, 'has ledger rows that disagree with each other',
         a + r + d != c, format('accepted {}, rejected {}, duplicates {} of {} records',
           toString(a), toString(r), toString(d), toString(c)),
         c > last_offset - first_offset + 1, format('has {} records, more than offsets', toString(c)),
         format('accepted {}, its hours {}', toString(a), toString(by_hour))
       ) AS detail
     FROM (${blocksOf(books)})
     WHERE hours != distinct_hours OR headers != 1 OR a + r + d != c
       OR c > last_offset - first_offset + 1 OR a != by_hour
     ORDER BY first_offset LIMIT ${EXAMPLES}`,
    { ...end },
  );
  const findings = noFindings();
  const { stream, partition } = end;
  for (const { firstOffset, lastOffset, detail } of rows) {
    const words = `block ${firstOffset} to ${lastOffset} ${detail}`;
    addFinding(findings, {
      check: 'block-sums',
      detail: words,
      stream,
      partition,
      firstOffset,
      lastOffset,
    });
  }
  if (rows.length > 0) findings.violations['block-sums'] = rows[0]!.n;
  return findings;
}

export async function summarise(store: Store, books: Books, end: PartitionEnd): Promise<PartitionSummary> {
  const [sums] = await store.rows<Omit<PartitionSummary, 'stream' | 'partition'>>(
    `SELECT min(first_offset) AS firstOffset, max(last_offset) AS lastOffset, count() AS blocks,
       sum(c) AS records, sum(a) AS accepted, sum(r) AS rejected, sum(d) AS duplicates
     FROM (${blocksOf(books)})`,
    { ...end },
  );
  return { stream: end.stream, partition: end.partition, ...sums! };
}
