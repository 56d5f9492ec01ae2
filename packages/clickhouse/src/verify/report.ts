/** Every way in which the store can contradict itself, with what it means. */
export const CHECKS = {
  'block-order': 'blocks of a partition follow each other without overlap or gap',
  'block-sums': "a block's counts add up and agree on all of its ledger rows",
  'ledger-end': 'no raw row stands outside of what the ledger covers',
  'rows-missing': 'every accepted message has its raw row, block by block and hour by hour',
  'rows-excess': 'a block has no more raw rows in an hour than it accepted',
  'rows-unledgered': 'every raw row lies within a block that accepted messages in its hour',
  'positions-distinct': 'no position of a stream has two raw rows',
  'rejects-match': 'the dead letters of a block are as many as it rejected',
  'rejects-disjoint': 'no position is both accepted and rejected',
  'build-source': 'a committed version holds as many messages as its build says',
  'build-content': 'a fresh version is what the raw rows of its hour or day add up to',
  'view-total': "the view's messages of an hour are the ledger's",
} as const;

export type CheckName = keyof typeof CHECKS;

/** One contradiction. Offsets and counts are numbers, hours `YYYY-MM-DD hh:mm:ss` in UTC. */
export interface Difference {
  check: CheckName;
  /** What differs, in words. */
  detail: string;
  stream?: string;
  partition?: number;
  hour?: string;
  firstOffset?: number;
  lastOffset?: number;
  expected?: number;
  found?: number;
}

/** What the ledger says of one partition, up to the moment at which the proof began. */
export interface PartitionSummary {
  stream: string;
  partition: number;
  /** First offset of the first block, last offset of the last. */
  firstOffset: number;
  lastOffset: number;
  blocks: number;
  records: number;
  accepted: number;
  rejected: number;
  duplicates: number;
}

export interface StoreReport {
  ok: boolean;
  counts: {
    blocks: number;
    records: number;
    accepted: number;
    rejected: number;
    duplicates: number;
    rawRows: number;
    rawPositions: number;
    rejectedPositions: number;
    hours: number;
    /** Buckets that are read from a build, by derived table. */
    fresh: Record<string, number>;
    viewMessages: number;
  };
  partitions: PartitionSummary[];
  /** How many contradictions each check found; checks that found none are left out. */
  violations: Partial<Record<CheckName, number>>;
  /** At most 20 of each check. */
  differences: Difference[];
}
