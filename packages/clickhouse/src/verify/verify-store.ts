import { TARGETS } from '../builder/targets.ts';
import type { Store } from '../client.ts';
import { checkBlockOrder, checkBlockSums, summarise } from './checks/blocks.ts';
import { checkBuildContent, checkBuildSources, readFreshBuckets } from './checks/builds.ts';
import { checkPositions } from './checks/positions.ts';
import { checkRejects, checkRejectsDisjoint, countRejected } from './checks/rejects.ts';
import { checkLedgerEnd, checkRows, readDays } from './checks/rows.ts';
import { checkView, readLedgerHours } from './checks/view.ts';
import { type PartitionEnd, readExtents } from './ends.ts';
import { type Findings, mergeFindings, settled } from './findings.ts';
import type { PartitionSummary, StoreReport } from './report.ts';

export interface VerifyOptions {
  /** How long work that was under way when the proof began may take to arrive; default 15,000 ms. */
  settleMs?: number;
}

/**
 * Proves, or refutes, that ledger, raw rows, dead letters, builds and views say the same. Right on a live system: it
 * is about the ledger as it stood at the beginning, and rows that follow their ledger are waited for.
 */
export async function verifyStore(store: Store, options: VerifyOptions = {}): Promise<StoreReport> {
  // One deadline for all: what was under way when the proof began is over by then, whichever check comes to it.
  const deadline = performance.now() + (options.settleMs ?? 15_000);
  const settle = (check: () => Promise<Findings>) => settled(check, deadline);
  const findings: Findings[] = [];

  // Raw rows first: as the ledger comes before them, it covers whatever was seen of them.
  const raw = await readExtents(store, 'alerts');
  const ends = await readExtents(store, 'blocks');
  const ledgerHours = await readLedgerHours(store);
  findings.push(checkLedgerEnd(raw, ends));

  const partitions: PartitionSummary[] = [];
  const positions = { rows: 0, positions: 0 };
  for (const end of ends) {
    partitions.push(await summarise(store, end));
    findings.push(await checkBlockOrder(store, end), await checkBlockSums(store, end));
  }
  if (ends.length > 0) {
    for (const day of await readDays(store)) findings.push(await settle(() => checkRows(store, ends, day)));
    findings.push(await settle(() => checkRejects(store, ends)), await checkRejectsDisjoint(store));
  }
  // Positions are counted once the rows have settled, so that the counts of both agree.
  for (const end of ends) {
    const counted = await checkPositions(store, withRows(end, raw));
    positions.rows += counted.rows;
    positions.positions += counted.positions;
    findings.push(counted.findings);
  }

  const fresh: Record<string, number> = {};
  for (const target of TARGETS) {
    const buckets = await readFreshBuckets(store, target);
    fresh[target.table] = buckets.length;
    findings.push(await checkBuildSources(store, target));
    const open = buckets.filter(({ sealed }) => !sealed);
    for (const day of new Set(open.map(({ bucket }) => bucket.slice(0, 10))))
      findings.push(await settle(() => checkBuildContent(store, target, day)));
  }

  let view = { messages: 0, hours: 0 };
  const viewFindings = await settle(async () => {
    const { findings, ...total } = await checkView(store, ledgerHours);
    view = total;
    return findings;
  });
  findings.push(viewFindings);

  const { violations, differences } = mergeFindings(findings);
  const sum = (field: 'blocks' | 'records' | 'accepted' | 'rejected' | 'duplicates') =>
    partitions.reduce((total, partition) => total + partition[field], 0);
  return {
    ok: Object.keys(violations).length === 0,
    counts: {
      blocks: sum('blocks'),
      records: sum('records'),
      accepted: sum('accepted'),
      rejected: sum('rejected'),
      duplicates: sum('duplicates'),
      rawRows: positions.rows,
      rawPositions: positions.positions,
      rejectedPositions: ends.length === 0 ? 0 : await countRejected(store, ends),
      hours: view.hours,
      fresh,
      viewMessages: view.messages,
    },
    partitions,
    violations,
    differences,
  };
}

/** The ledger's end, widened to rows that stand before its beginning: they are a fault, and are counted too. */
function withRows(end: PartitionEnd, raw: readonly PartitionEnd[]): PartitionEnd {
  const rows = raw.find(({ stream, partition }) => stream === end.stream && partition === end.partition);
  return rows === undefined ? end : { ...end, first: Math.min(end.first, rows.first) };
}
