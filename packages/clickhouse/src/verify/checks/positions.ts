import type { Store } from '../../client.ts';
import type { Books } from '../books.ts';
import type { PartitionEnd } from '../ends.ts';
import { addFinding, EXAMPLES, type Findings, mergeFindings, noFindings } from '../findings.ts';

/** Offsets looked at together: an exact count of distinct ones needs some 100 MB for as many. */
const OFFSETS_AT_ONCE = 5_000_000;

export interface Positions {
  rows: number;
  positions: number;
  findings: Findings;
}

/** Counts a partition's raw rows and their distinct positions, up to the ledger's end. */
export async function checkPositions(store: Store, books: Books, end: PartitionEnd): Promise<Positions> {
  const total: Positions = { rows: 0, positions: 0, findings: noFindings() };
  for (let from = end.first; from <= end.last; from += OFFSETS_AT_ONCE) {
    const part = await countRange(store, books, end, from, Math.min(end.last, from + OFFSETS_AT_ONCE - 1));
    total.rows += part.rows;
    total.positions += part.positions;
    total.findings = mergeFindings([total.findings, part.findings]);
  }
  return total;
}

async function countRange(
  store: Store,
  { rows: table, own }: Books,
  end: PartitionEnd,
  from: number,
  to: number,
): Promise<Positions> {
  const { stream, partition } = end;
  const params = { stream, partition, from, to };
  const where = `FROM ${table} WHERE ${own} AND stream = {stream:String} AND partition = {partition:UInt16}
    AND offset BETWEEN {from:UInt64} AND {to:UInt64}`;
  const [counted] = await store.rows<{ rows: number; positions: number }>(
    `SELECT count() AS rows, uniqExact(offset) AS positions ${where}`,
    params,
  );
  const { rows, positions } = counted!;
  const findings = noFindings();
  if (rows === positions) return { rows, positions, findings };
  const doubled = await store.rows<{
    offset: number;
    found: number;
    n: number;
  }>(
    `SELECT offset, count() AS found, count() OVER () AS n ${where}
     GROUP BY offset HAVING found > 1 ORDER BY offset LIMIT ${EXAMPLES}`,
    params,
  );
  for (const { offset, found } of doubled) {
    const detail = `offset ${offset} has ${found} raw rows`;
    const place = {
      stream,
      partition,
      firstOffset: offset,
      lastOffset: offset,
    };
    addFinding(findings, {
      check: 'positions-distinct',
      detail,
      ...place,
      expected: 1,
      found,
    });
  }
  findings.violations['positions-distinct'] = doubled[0]?.n ?? 0;
  return { rows, positions, findings };
}
