/** Every way in which the store can contradict itself, with what it means. */
const CHECKS = {
  'block-order': 'blocks of a partition follow each other without overlap or gap',
  'block-sums': "a block's counts add up and agree on all of its ledger rows",
  'ledger-end': 'no raw row stands outside of what the ledger covers',
  'rows-missing': 'every accepted message has its raw row, block by block and hour by hour',
  'rows-excess': 'a block has no more raw rows in an hour than it accepted',
  'rows-unledgered': 'every raw row lies within a block that accepted messages in its hour',
  'positions-distinct': 'no position of a stream has two raw rows',
  'rejects-match': 'the dead letters of a block are as many as it rejected',
  'rejects-disjoint': 'no position is both accepted and rejected',
  'history-told': 'each alert that tells of firmware has its row in the device history, and no other has one',
  'revision-count': 'a committed revision has as many corrections as it says, one of a position',
  'correction-unfounded':
    'a committed correction stands for a raw row, and says the same of the message itself',
  'watermark-end': 'no rows have been compared with more of the device history than there is',
  'build-source': 'a committed version holds as many messages as its build says',
  'build-content': 'a fresh version is what the raw rows of its hour or day add up to',
  'sealed-whole':
    'every bucket of a sealed day has its version, which holds as many messages as the ledger accepted',
  'sealed-agree': 'sealed versions of all derived tables count the same alerts',
  'view-total': "the view's messages of an hour are the ledger's",
} as const;

/** By which a `Difference` says what does not hold. */
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

/** A ledger's counts, and those of what it accounts for. */
export interface LedgerCounts {
  blocks: number;
  records: number;
  accepted: number;
  rejected: number;
  duplicates: number;
  rawRows: number;
  rawPositions: number;
  rejectedPositions: number;
}

/** What a proof of the store found; `ok` where no check found a contradiction. */
export interface StoreReport {
  ok: boolean;
  /** Of the alerts. */
  counts: LedgerCounts & {
    hours: number;
    /** Buckets that are read from a build, by derived table. */
    fresh: Record<string, number>;
    /** Corrections that have been committed, of a position that was corrected twice both. */
    corrections: number;
    viewMessages: number;
  };
  partitions: PartitionSummary[];
  /** Of the inventory, whose rows are those of the device history. */
  inventory: { counts: LedgerCounts; partitions: PartitionSummary[] };
  /** How many contradictions each check found; checks that found none are left out. */
  violations: Partial<Record<CheckName, number>>;
  /** At most 20 of each check. */
  differences: Difference[];
}
