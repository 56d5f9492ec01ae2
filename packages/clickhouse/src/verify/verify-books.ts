import type { Store } from '../client.ts';
import type { Books } from './books.ts';
import { checkBlockOrder, checkBlockSums, summarise } from './checks/blocks.ts';
import { checkPositions } from './checks/positions.ts';
import { checkRejects, checkRejectsDisjoint, countRejected } from './checks/rejects.ts';
import { checkLedgerEnd, checkRows, readSpans } from './checks/rows.ts';
import { type PartitionEnd, readLedgerExtents, readRowExtents } from './ends.ts';
import { type Findings, mergeFindings } from './findings.ts';
import type { LedgerCounts, PartitionSummary } from './report.ts';

export interface BooksProof {
  readonly counts: LedgerCounts;
  readonly partitions: PartitionSummary[];
  /** Of the ledger when the proof began. */
  readonly ends: readonly PartitionEnd[];
  readonly findings: Findings;
}

/** Holds a ledger against its rows and dead letters, as it stood at the beginning. */
export async function verifyBooks(
  store: Store,
  books: Books,
  settle: (check: () => Promise<Findings>) => Promise<Findings>,
): Promise<BooksProof> {
  const findings: Findings[] = [];
  // Rows first: as the ledger comes before them, it covers whatever was seen of them.
  const raw = await readRowExtents(store, books);
  const ends = await readLedgerExtents(store, books);
  findings.push(checkLedgerEnd(raw, ends));

  const partitions: PartitionSummary[] = [];
  for (const end of ends) {
    partitions.push(await summarise(store, books, end));
    findings.push(await checkBlockOrder(store, books, end), await checkBlockSums(store, books, end));
  }
  if (ends.length > 0) {
    for (const span of await readSpans(store, books))
      findings.push(await settle(() => checkRows(store, books, ends, span)));
    findings.push(await settle(() => checkRejects(store, books, ends)));
    findings.push(await checkRejectsDisjoint(store, books));
  }
  // Positions are counted once the rows have settled, so that the counts of both agree.
  const positions = { rows: 0, positions: 0 };
  for (const end of ends) {
    const counted = await checkPositions(store, books, withRows(end, raw));
    positions.rows += counted.rows;
    positions.positions += counted.positions;
    findings.push(counted.findings);
  }

  const sum = (field: 'blocks' | 'records' | 'accepted' | 'rejected' | 'duplicates') =>
    partitions.reduce((total, partition) => total + partition[field], 0);
  const counts = {
    blocks: sum('blocks'),
    records: sum('records'),
    accepted: sum('accepted'),
    rejected: sum('rejected'),
    duplicates: sum('duplicates'),
    rawRows: positions.rows,
    rawPositions: positions.positions,
    rejectedPositions: ends.length === 0 ? 0 : await countRejected(store, ends),
  };
  return { counts, partitions, ends, findings: mergeFindings(findings) };
}

/** The ledger's end, widened to rows that stand before its beginning: they are a fault, and are counted too. */
function withRows(end: PartitionEnd, raw: readonly PartitionEnd[]): PartitionEnd {
  const rows = raw.find(({ stream, partition }) => stream === end.stream && partition === end.partition);
  return rows === undefined ? end : { ...end, first: Math.min(end.first, rows.first) };
}
