import type { PartitionSummary } from '@tocsin/clickhouse';
import {
  type Committed,
  type Store as DeliveryStore,
  type LogDifference,
  type PartitionFacts,
  verifyLog,
} from '@tocsin/delivery';
import { type Admin, logBounds, streamOf } from '@tocsin/kafka';

/** What Kafka says of one topic, held against its ledger. */
export interface TopicProof {
  readonly stream: string;
  readonly partitions: readonly PartitionFacts[];
  /** Records that Kafka has and the ledger does not have yet. */
  readonly behind: number;
  readonly differences: readonly LogDifference[];
}

export interface LogSource {
  readonly topic: string;
  readonly epoch: number;
  /** By partition, read before the ledger that the summaries are of; null where there is no such topic. */
  readonly commits: ReadonlyMap<number, Committed> | null;
}

/** @returns null where there is no such topic and the ledger never had one of that name */
export async function judgeLog<R>(
  admin: Admin,
  store: DeliveryStore<R>,
  { topic, epoch, commits }: LogSource,
  summaries: readonly PartitionSummary[],
): Promise<TopicProof | null> {
  const streams = await store.streams(topic);
  if (commits === null && streams.length === 0) return null;
  const stream = await streamOf(admin, topic, epoch);
  const logs = commits === null ? new Map<number, PartitionFacts['log']>() : await logBounds(admin, topic);
  const ledgered = new Map(
    summaries.filter((one) => one.stream === stream).map((one) => [one.partition, one] as const),
  );
  const facts: PartitionFacts[] = [];
  for (const partition of new Set([...logs.keys(), ...ledgered.keys()])) {
    const summary = ledgered.get(partition);
    const committed = commits?.get(partition) ?? { offset: null, plan: null };
    const { plan } = committed;
    const blocks = plan ? await store.ledger({ stream, partition }, plan.first) : [];
    facts.push({
      partition,
      ledger: summary ? { first: summary.firstOffset, last: summary.lastOffset } : null,
      committed,
      blockAtCommit: blocks.find(({ first }) => first === plan?.first) ?? null,
      // A topic made anew with fewer partitions, or gone: the ledger reaches beyond the end of a log that is no more.
      log: logs.get(partition) ?? { earliest: 0, latest: 0 },
    });
  }
  const partitions = facts.sort((a, b) => a.partition - b.partition);
  return {
    stream,
    partitions,
    behind: partitions.reduce((sum, { ledger, log }) => sum + log.latest - endOf(ledger, log), 0),
    differences: verifyLog(stream, streams, partitions).map((difference) => ({ topic, ...difference })),
  };
}

function endOf(ledger: PartitionFacts['ledger'], log: PartitionFacts['log']): number {
  return Math.min(ledger ? ledger.last + 1 : log.earliest, log.latest);
}
