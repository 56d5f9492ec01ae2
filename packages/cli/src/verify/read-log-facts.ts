import { alertStore, type PartitionSummary, type Store } from '@tocsin/clickhouse';
import type { Bounds, Committed, PartitionFacts } from '@tocsin/delivery';
import { type Admin, logBounds } from '@tocsin/kafka';

export interface LogSource {
  readonly admin: Admin;
  readonly store: Store;
  readonly topic: string;
  readonly stream: string;
}

/**
 * Facts of each partition of a topic, for `verifyLog`.
 * @param commits read before the ledger that `summaries` are of
 */
export async function readLogFacts(
  { admin, store, topic, stream }: LogSource,
  commits: ReadonlyMap<number, Committed>,
  summaries: readonly PartitionSummary[],
): Promise<PartitionFacts[]> {
  const alerts = alertStore(store);
  const facts: PartitionFacts[] = [];
  const logs = await logBounds(admin, topic);
  const ledgered = new Map(
    summaries.filter((one) => one.stream === stream).map((one) => [one.partition, one] as const),
  );
  for (const partition of new Set([...logs.keys(), ...ledgered.keys()])) {
    const summary = ledgered.get(partition);
    // A topic made anew with fewer partitions: the ledger reaches beyond the end of a log that is no more.
    const log = logs.get(partition) ?? { earliest: 0, latest: 0 };
    const committed = commits.get(partition) ?? { offset: null, plan: null };
    const blocks = committed.plan ? await alerts.ledger({ stream, partition }, committed.plan.first) : [];
    facts.push({
      partition,
      ledger: summary ? { first: summary.firstOffset, last: summary.lastOffset } : null,
      committed,
      blockAtCommit: blocks.find(({ first }: Bounds) => first === committed.plan?.first) ?? null,
      log,
    });
  }
  return facts.sort((a, b) => a.partition - b.partition);
}
