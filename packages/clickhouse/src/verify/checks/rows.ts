import type { Store } from '../../client.ts';
import type { Books } from '../books.ts';
import { endsTable, type PartitionEnd } from '../ends.ts';
import { addFinding, EXAMPLES, type Findings, noFindings } from '../findings.ts';
import type { CheckName } from '../report.ts';
import { type Span, together } from '../spans.ts';

interface Mismatch {
  stream: string;
  partition: number;
  hour: string;
  inside: boolean;
  firstOffset: number;
  lastOffset: number;
  expected: number;
  found: number;
  n: number;
}

/** Spans that have rows or accepted messages; without those whose rows may be gone. */
export async function readSpans(store: Store, books: Books): Promise<Span[]> {
  const rows = await store.rows<{ span: string; messages: number }>(
    `SELECT toString(span) AS span, max(n) AS messages FROM (
       SELECT ${books.span}(${books.time}) AS span, count() AS n FROM ${books.rows} WHERE ${books.own} GROUP BY span
       UNION ALL
       SELECT ${books.span}(hour) AS span, sum(hour_accepted) AS n FROM ${books.ledger} WHERE hour_accepted > 0 GROUP BY span
     )
     WHERE ${books.whole}
     GROUP BY span ORDER BY span`,
  );
  return together(rows, books.span === 'toStartOfMonth');
}

/**
 * A span of rows against the ledger: for each block and hour as many rows as it accepted. Offsets tie a row to
 * its block, so a row that was moved, in the log or in time, is found although the totals agree.
 */
export async function checkRows(
  store: Store,
  { ledger, rows: table, time, hour: hourOf, span, own }: Books,
  ends: readonly PartitionEnd[],
  { first, last }: Span,
): Promise<Findings> {
  const rows = await store.rows<Mismatch>(
    `WITH
       ledger AS (
         SELECT stream, partition, hour, first_offset, last_offset, sum(hour_accepted) AS accepted
         FROM ${ledger} INNER JOIN ${endsTable(ends)} AS ends USING (stream, partition)
         WHERE ${span}(hour) BETWEEN {first:Date} AND {last:Date} AND hour_accepted > 0 AND last_offset <= upto
         GROUP BY stream, partition, hour, first_offset, last_offset
       ),
       raw AS (
         SELECT stream, partition, ${hourOf} AS hour, offset
         FROM ${table} INNER JOIN ${endsTable(ends)} AS ends USING (stream, partition)
         WHERE ${span}(${time}) BETWEEN {first:Date} AND {last:Date} AND ${own} AND offset <= upto
       ),
       placed AS (
         SELECT raw.stream AS stream, raw.partition AS partition, raw.hour AS hour, raw.offset AS offset,
           ledger.accepted > 0 AND raw.offset <= ledger.last_offset AS inside,
           if(inside, ledger.first_offset, 0) AS block
         FROM raw ASOF LEFT JOIN ledger
           ON raw.stream = ledger.stream AND raw.partition = ledger.partition AND raw.hour = ledger.hour
           AND raw.offset >= ledger.first_offset
       )
     SELECT stream, partition, toString(hour) AS hour, inside::Bool AS inside, first_offset AS firstOffset,
       max(last) AS lastOffset, sum(ledgered) AS expected, sum(rows) AS found, count() OVER () AS n
     FROM (
       SELECT stream, partition, hour, 1 AS inside, first_offset, last_offset AS last, accepted AS ledgered, 0 AS rows
       FROM ledger
       UNION ALL
       SELECT stream, partition, hour, inside, if(inside, block, min(offset)) AS first_offset,
         if(inside, 0, max(offset)) AS last, 0 AS ledgered, count() AS rows
       FROM placed
       GROUP BY stream, partition, hour, inside, block
     )
     GROUP BY stream, partition, hour, inside, first_offset
     HAVING expected != found
     ORDER BY found < expected, stream, partition, first_offset
     LIMIT ${50 * EXAMPLES}`,
    { first, last },
  );
  const findings = noFindings();
  for (const { inside, n: _, ...row } of rows) {
    const { hour, firstOffset, lastOffset, expected, found } = row;
    const check: CheckName = !inside ? 'rows-unledgered' : found < expected ? 'rows-missing' : 'rows-excess';
    const detail = inside
      ? `block ${firstOffset} to ${lastOffset} accepted ${expected} messages of ${hour}, raw rows: ${found}`
      : `${found} raw rows of ${hour} at offsets ${firstOffset} to ${lastOffset} lie in no block with that hour`;
    addFinding(findings, { check, detail, ...row }, check === 'rows-missing');
  }
  return findings;
}

/** Raw rows beyond a partition's ledger, or before it; `raw` must have been read before `ledger`. */
export function checkLedgerEnd(raw: readonly PartitionEnd[], ledger: readonly PartitionEnd[]): Findings {
  const findings = noFindings();
  for (const { stream, partition, first, last } of raw) {
    const known = ledger.find((end) => end.stream === stream && end.partition === partition);
    if (known !== undefined && first >= known.first && last <= known.last) continue;
    const covers = known === undefined ? 'nothing' : `offsets ${known.first} to ${known.last}`;
    const detail = `raw rows stand at offsets ${first} to ${last}, the ledger covers ${covers}`;
    addFinding(findings, {
      check: 'ledger-end',
      detail,
      stream,
      partition,
      firstOffset: first,
      lastOffset: last,
    });
  }
  return findings;
}
