import type { Store } from '../../client.ts';
import type { Books } from '../books.ts';
import { endsTable, type PartitionEnd } from '../ends.ts';
import { addFinding, EXAMPLES, type Findings, noFindings } from '../findings.ts';

interface Mismatch {
  stream: string;
  partition: number;
  firstOffset: number;
  lastOffset: number;
  expected: number;
  found: number;
}

/** Dead letters against the ledger, block by block; a block's ledger rows may stand before its dead letters do. */
export async function checkRejects(
  store: Store,
  books: Books,
  ends: readonly PartitionEnd[],
): Promise<Findings> {
  const rows = await store.rows<Mismatch>(
    `WITH
       ledger AS (
         SELECT stream, partition, first_offset, any(last_offset) AS ends_at, any(rejected) AS dead
         FROM ${books.ledger} INNER JOIN ${endsTable(ends)} AS ends USING (stream, partition)
         WHERE rejected > 0 AND last_offset <= upto
         GROUP BY stream, partition, first_offset
       ),
       letters AS (
         SELECT DISTINCT stream, partition, offset
         FROM rejected INNER JOIN ${endsTable(ends)} AS ends USING (stream, partition)
         WHERE offset <= upto
       ),
       placed AS (
         SELECT letters.stream AS stream, letters.partition AS partition, letters.offset AS offset,
           ledger.dead > 0 AND letters.offset <= ledger.ends_at AS inside,
           if(inside, ledger.first_offset, letters.offset) AS block
         FROM letters ASOF LEFT JOIN ledger
           ON letters.stream = ledger.stream AND letters.partition = ledger.partition
           AND letters.offset >= ledger.first_offset
       )
     SELECT stream, partition, first_offset AS firstOffset, max(last) AS lastOffset,
       sum(ledgered) AS expected, sum(found_here) AS found
     FROM (
       SELECT stream, partition, first_offset, ends_at AS last, dead AS ledgered, 0 AS found_here FROM ledger
       UNION ALL
       SELECT stream, partition, block AS first_offset, max(offset) AS last, 0 AS ledgered, count() AS found_here FROM placed
       GROUP BY stream, partition, block
     )
     GROUP BY stream, partition, first_offset
     HAVING expected != found
     ORDER BY found < expected, stream, partition, first_offset
     LIMIT ${50 * EXAMPLES}`,
  );
  const findings = noFindings();
  for (const row of rows) {
    const { firstOffset, lastOffset, expected, found } = row;
    const detail = `offsets ${firstOffset} to ${lastOffset}: the ledger rejected ${expected}, dead letters: ${found}`;
    addFinding(findings, { check: 'rejects-match', detail, ...row }, found < expected);
  }
  return findings;
}

/** A message is accepted or rejected, never both. */
export async function checkRejectsDisjoint(store: Store, { rows: table, own }: Books): Promise<Findings> {
  const rows = await store.rows<{
    stream: string;
    partition: number;
    offset: number;
    n: number;
  }>(
    `SELECT DISTINCT stream, partition, offset, count() OVER () AS n
     FROM ${table}
     WHERE ${own} AND (stream, partition, offset) IN (SELECT stream, partition, offset FROM rejected)
     ORDER BY stream, partition, offset LIMIT ${EXAMPLES}`,
  );
  const findings = noFindings();
  for (const { stream, partition, offset } of rows) {
    const detail = `offset ${offset} has a raw row and a dead letter`;
    const place = {
      stream,
      partition,
      firstOffset: offset,
      lastOffset: offset,
    };
    addFinding(findings, { check: 'rejects-disjoint', detail, ...place });
  }
  if (rows.length > 0) findings.violations['rejects-disjoint'] = rows[0]!.n;
  return findings;
}

export async function countRejected(store: Store, ends: readonly PartitionEnd[]): Promise<number> {
  const [row] = await store.rows<{ n: number }>(
    `SELECT uniqExact(stream, partition, offset) AS n
     FROM rejected INNER JOIN ${endsTable(ends)} AS ends USING (stream, partition)
     WHERE offset <= upto`,
  );
  return row!.n;
}
