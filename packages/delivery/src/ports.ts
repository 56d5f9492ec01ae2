import type { Block, Bounds, Place, Plan, Slice } from './block.ts';
import type { HaltReason } from './halt.ts';
import type { Committed } from './resume.ts';

/**
 * A partition as long as it is assigned to this member. Every call fails once the group has moved on,
 * so a member that was thrown out can't commit over its successor.
 */
export interface Lease {
  /** Commits the next offset to read, with metadata. Resolves only when Kafka has it. */
  commit(offset: number, metadata: string): Promise<void>;
  /** Marks an offset as done for this session, without telling Kafka. */
  resolve(offset: number): void;
  seek(offset: number): void;
  /** Takes nothing more from this partition until it is assigned anew. */
  pause(): void;
  /** False when the member was asked to stop. */
  active(): boolean;
  /** @throws when the group has moved on, so that a long retry ends */
  check(): void;
}

/** What Kafka knows of a partition. */
export interface Log {
  committed(place: Place): Promise<Committed>;
  bounds(place: Place): Promise<{ earliest: number; latest: number }>;
}

/** Something that is to be in the store exactly once. */
export interface Parcel {
  readonly place: Place;
  readonly bounds: Bounds;
  /** `ledger`, or the slice's part. */
  readonly part: string;
  readonly rows: number;
}

/** The ledger and the rows. */
export interface Store<R> {
  /** Streams of a topic that the ledger holds, of whatever cluster and epoch. */
  streams(topic: string): Promise<readonly string[]>;
  /** Ledgered blocks from `offset` on, in order, and always the last one; with null the last only. */
  ledger(place: Place, offset: number | null): Promise<readonly Plan[]>;
  /** Rows at or beyond an offset. */
  rowsFrom(place: Place, offset: number): Promise<number>;
  insertLedger(place: Place, block: Block<R>, token: string): Promise<void>;
  insertSlice(place: Place, block: Block<R>, slice: Slice, token: string): Promise<void>;
  /** Rows of a parcel, counted when no insert of it is running any more. */
  count(parcel: Parcel): Promise<number>;
  /** Rows of all of a block's slices. */
  countBlock(place: Place, bounds: Bounds): Promise<number>;
}

/** Where rejections go. Keyed by position, so that a repeat replaces itself. */
export interface DeadLetters<R> {
  put(place: Place, plan: Plan, rejects: readonly R[]): Promise<void>;
}

/** What a plan says of how its records are judged. */
export type Terms = Pick<Plan, 'plannedAt' | 'rules'>;

/** Turns records into a block: the only part that knows what a record means. */
export interface Preparer<M, R> {
  /** Those by which a block is planned now. */
  readonly rules: string;
  /** Whether it can judge by these, under which a block was planned. */
  knows(rules: string): boolean;
  /** Forgets all, and remembers from the store what it needs to judge the record at `offset`. */
  start(place: Place, offset: number): Promise<void>;
  /**
   * Depends on the arguments and on the records before them, and on nothing else. What takes long lets others run meanwhile:
   * a member that gives no sign of life for the length of a block loses it, and would do so each time that it came by it again.
   */
  prepare(place: Place, bounds: Bounds, records: readonly M[], by: Terms): Block<R> | Promise<Block<R>>;
}

/** The only time that delivery knows, so that a test can have its own. */
export interface Clock {
  /** ms since the epoch. */
  now(): number;
  /** Resolves after `ms`: the pause between two tries at a store that is away. */
  pause(ms: number): Promise<void>;
}

/** The instants between the protocol's steps. */
export type Step = 'prepared' | 'planned' | 'ledgered' | 'buried' | 'inserted' | 'committed';

/** A step that failed for now and is tried again. */
export interface Retrying {
  readonly kind: 'retrying';
  readonly place: Place;
  /** `position`, `ledger`, `rejects`, or a slice's part. */
  readonly what: string;
  readonly tries: number;
  readonly error: unknown;
}

/** What happened, for logs, metrics and tests. `again`: the block was planned before. */
export type DeliveryEvent<R> =
  | { kind: 'resumed'; place: Place; next: number; redo: number }
  | { kind: Step; place: Place; block: Block<R>; again: boolean }
  | Retrying
  | {
      kind: 'halted';
      place: Place;
      reason: HaltReason;
      detail: Record<string, unknown>;
    };

/** Everything that delivering needs. */
export interface Ports<M, R> {
  readonly log: Log;
  readonly store: Store<R>;
  readonly deadLetters: DeadLetters<R>;
  readonly preparer: Preparer<M, R>;
  readonly clock: Clock;
  readonly observe: (event: DeliveryEvent<R>) => void;
  /** Tells errors that may pass by themselves from those that won't. */
  readonly isRetryable: (error: unknown) => boolean;
}
