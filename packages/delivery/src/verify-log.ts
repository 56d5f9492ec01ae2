import type { Bounds } from './block.ts';
import { Halt } from './halt.ts';
import type { Committed } from './resume.ts';
import { judgeStream } from './stream.ts';

/** Every way in which Kafka's log and commits can contradict the ledger, with what it means. */
const LOG_CHECKS = {
  'stream-identity': 'the ledger holds no other cluster or higher epoch of this topic',
  'log-end': 'the ledger does not reach beyond the end of the log',
  'log-start': 'the ledger begins where the log begins, or before',
  'records-gone': 'Kafka still has every record that is not in the ledger',
  'commit-position': 'no commit is past the ledger, and a plan stands at its own first offset',
  'plan-bounds': 'a plan that stands has the bounds of its ledgered block',
} as const;

/** By which a `LogDifference` says what does not hold. */
export type LogCheck = keyof typeof LOG_CHECKS;

/** One contradiction between the ledger and Kafka, in words; without a partition it is of the whole stream. */
export interface LogDifference {
  readonly check: LogCheck;
  readonly partition?: number;
  readonly detail: string;
}

/** What Kafka and the ledger say of one partition. Commits are read before the ledger, the log after it. */
export interface PartitionFacts {
  readonly partition: number;
  /** From the first ledgered block's first offset to the last one's last; null before the first block. */
  readonly ledger: Bounds | null;
  readonly committed: Committed;
  /** Bounds of the ledgered block that begins at the committed offset, if there is one. */
  readonly blockAtCommit: Bounds | null;
  readonly log: { readonly earliest: number; readonly latest: number };
}

/** Judges the ledger of a stream against Kafka. The ledger only grows, so this holds on a live system too. */
export function verifyLog(
  stream: string,
  ledgeredStreams: readonly string[],
  partitions: readonly PartitionFacts[],
): LogDifference[] {
  return [...streamDifferences(stream, ledgeredStreams), ...partitions.flatMap(partitionDifferences)];
}

function streamDifferences(stream: string, ledgered: readonly string[]): LogDifference[] {
  try {
    judgeStream(stream, ledgered);
    return [];
  } catch (error) {
    if (!(error instanceof Halt)) throw error;
    return [{ check: 'stream-identity', detail: error.message }];
  }
}

function partitionDifferences(facts: PartitionFacts): LogDifference[] {
  const { partition, ledger, committed, blockAtCommit, log } = facts;
  const { offset, plan } = committed;
  const end = ledger ? ledger.last + 1 : log.earliest;
  const differences: LogDifference[] = [];
  const differs = (check: LogCheck, detail: string) => differences.push({ check, partition, detail });

  if (end > log.latest) differs('log-end', `ledger ends at ${end}, log at ${log.latest}`);
  if (ledger && ledger.first > log.earliest) {
    differs('log-start', `records ${log.earliest} to ${ledger.first - 1} are not in the ledger`);
  }
  if (log.earliest > end) differs('records-gone', `records ${end} to ${log.earliest - 1} were never counted`);
  if (offset !== null && ledger && offset > end) {
    differs('commit-position', `commit at ${offset}, ledger ends at ${end}`);
  }
  if (plan && plan.first !== offset) {
    differs('commit-position', `plan of ${plan.first} stands in the commit of ${offset}`);
  }
  if (plan && blockAtCommit && blockAtCommit.last !== plan.last) {
    const { first, last } = plan;
    differs('plan-bounds', `plan ${first} to ${last}, ledgered to ${blockAtCommit.last}`);
  }
  return differences;
}
