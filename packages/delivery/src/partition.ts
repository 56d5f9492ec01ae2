import type { Bounds, Place, Plan } from './block.ts';
import { deliver, stillCommitted } from './deliver.ts';
import { Halt } from './halt.ts';
import { persist } from './persist.ts';
import type { Lease, Ports } from './ports.ts';
import { RejectGuard, type RejectLimit } from './reject-limit.ts';
import { resume } from './resume.ts';
import { judgeStream, topicOf } from './stream.ts';

/** What one fetch brought of a partition. `M` is a record with its offset. */
export interface Batch<M> {
  readonly messages: readonly M[];
  /** The offset that the fetch asked for. */
  readonly fetchedOffset: number;
  /** The last offset covered, which may be a control record's. */
  readonly lastOffset: number;
}

/** How far a partition is, and what has to be done again before anything new. */
interface Cursor<M> {
  next: number;
  readonly redo: Plan[];
  /** Records of `redo[0]` that earlier fetches brought. */
  pending: M[];
  /** What Kafka has as our commit, null for none. */
  committed: number | null;
}

/** What bounds a block, and the share of rejected records above which the partition halts. */
export interface PartitionLimits {
  /** The most records that one block may have. */
  readonly blockRecords: number;
  readonly rejects: RejectLimit;
}

/**
 * One partition, from fetched batches to delivered blocks. It knows nothing when it is made or when anything
 * failed: it then asks the ledger, the commit and the log where to go on.
 */
export class Partition<M, R> {
  readonly #place: Place;
  readonly #ports: Ports<M, R>;
  readonly #offsetOf: (record: M) => number;
  readonly #blockRecords: number;
  readonly #rejects: RejectGuard;
  #cursor: Cursor<M> | null = null;
  #halted = false;
  /** Whether the block that is being prepared and delivered now arrives; null between blocks. */
  #arriving: Promise<boolean> | null = null;
  #opened: Promise<void> = Promise.resolve();

  constructor(place: Place, ports: Ports<M, R>, offsetOf: (record: M) => number, limits: PartitionLimits) {
    this.#place = place;
    this.#ports = ports;
    this.#offsetOf = offsetOf;
    this.#blockRecords = limits.blockRecords;
    this.#rejects = new RejectGuard(limits.rejects);
  }

  get halted(): boolean {
    return this.#halted;
  }

  /** The offset of the next record to be delivered, null while that is not known. */
  get next(): number | null {
    return this.#cursor?.next ?? null;
  }

  /**
   * Resolves with true once everything that was prepared before the call is stored and committed, and with false when
   * that can't be said: then rows may still come that were prepared earlier, by whomever.
   */
  async settled(): Promise<boolean> {
    if (!this.#cursor || this.#cursor.redo.length > 0) return false;
    return this.#arriving ?? true;
  }

  /**
   * Looks where to go on as soon as the partition is assigned: a topic that was made anew may have no record
   * yet to tell it by.
   */
  open(check: Lease['check']): void {
    const look = this.#orHalt(async () => {
      this.#cursor = await this.#resume({ check });
    });
    // What can't be had now, the first batch asks for again.
    this.#opened = look.catch(() => {});
  }

  /** Delivers what a fetch brought, or halts the partition; rejects only for what Kafka's client must handle. */
  async take(batch: Batch<M>, lease: Lease): Promise<void> {
    await this.#opened;
    if (!this.#halted) await this.#orHalt(() => this.#deliverBatch(batch, lease));
    if (this.#halted) lease.pause();
  }

  async #orHalt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#cursor = null;
      if (!(error instanceof Halt)) throw error;
      this.#halted = true;
      const { reason, detail } = error;
      this.#ports.observe({
        kind: 'halted',
        place: this.#place,
        reason,
        detail,
      });
    }
  }

  async #deliverBatch(batch: Batch<M>, lease: Lease): Promise<void> {
    const cursor = await this.#locate(batch, lease);
    this.#cursor = cursor;
    if (cursor.next !== batch.fetchedOffset) return lease.seek(cursor.next);
    const plan = cursor.redo[0];
    if (plan) return this.#redo(plan, cursor, batch, lease);
    for (const [bounds, records] of this.#cut(batch)) {
      if (!lease.active()) return;
      const { preparer, clock } = this.#ports;
      const by = { plannedAt: clock.now(), rules: preparer.rules };
      const arrived = await this.#arrives(async () => {
        const block = await preparer.prepare(this.#place, bounds, records, by);
        this.#rejects.check(block.plan.tally);
        return deliver(this.#place, block, false, cursor.committed, lease, this.#ports);
      });
      if (!arrived) return this.#forget();
      lease.resolve(bounds.last);
      cursor.next = bounds.last + 1;
      cursor.committed = cursor.next;
    }
  }

  /**
   * A batch that doesn't start where it should is not believed: the log may have been cut or made anew. Nor is one
   * that does when our commit has vanished: a topic that was made anew, and has grown past our position, would be
   * gone on with there without a word.
   */
  async #locate({ fetchedOffset }: Batch<M>, lease: Lease): Promise<Cursor<M>> {
    const cursor = this.#cursor;
    if (cursor?.next !== fetchedOffset) return this.#resume(lease);
    const stands = await stillCommitted(this.#place, cursor.committed, lease, this.#ports);
    return stands ? cursor : this.#resume(lease);
  }

  /** The next batch asks anew where to go on. */
  #forget(): void {
    this.#cursor = null;
  }

  /** Does a block again with its own bounds, which more than one fetch may be needed for. */
  async #redo(plan: Plan, cursor: Cursor<M>, batch: Batch<M>, lease: Lease): Promise<void> {
    const place = this.#place;
    const records = batch.messages.filter((record) => this.#offsetOf(record) <= plan.last);
    cursor.pending = cursor.pending.concat(records);
    const reached = Math.min(batch.lastOffset, plan.last);
    if (reached === plan.last) {
      const { preparer } = this.#ports;
      if (!preparer.knows(plan.rules)) {
        throw new Halt('rule-version', { planned: plan.rules, running: preparer.rules });
      }
      const arrived = await this.#arrives(async () => {
        const block = await preparer.prepare(place, plan, cursor.pending, plan);
        if (block.plan.checksum !== plan.checksum) {
          throw new Halt('replay-differs', { planned: plan, read: block.plan });
        }
        return deliver(place, block, true, cursor.committed, lease, this.#ports);
      });
      if (!arrived) return this.#forget();
      cursor.redo.shift();
      cursor.pending = [];
      cursor.committed = plan.last + 1;
    }
    lease.resolve(reached);
    cursor.next = reached + 1;
  }

  /** Whether a block arrives, from before its first record is looked at. */
  async #arrives(work: () => Promise<boolean>): Promise<boolean> {
    let tell: (arrived: boolean) => void = () => {};
    this.#arriving = new Promise((resolve) => {
      tell = resolve;
    });
    let arrived = false;
    try {
      arrived = await work();
      return arrived;
    } finally {
      this.#arriving = null;
      tell(arrived);
    }
  }

  async #resume(lease: Pick<Lease, 'check'>): Promise<Cursor<M>> {
    const place = this.#place;
    const persistence = { ...this.#ports, lease };
    const cursor = await persist(place, 'position', persistence, () => this.#position());
    // Whoever has lost the partition meanwhile leaves it alone: to start may be to take it over.
    lease.check();
    await persist(place, 'start', persistence, () => this.#ports.preparer.start(place, cursor.next));
    this.#ports.observe({ kind: 'resumed', place, next: cursor.next, redo: cursor.redo.length });
    return cursor;
  }

  async #position(): Promise<Cursor<M>> {
    const place = this.#place;
    const { log, store } = this.#ports;
    judgeStream(place.stream, await store.streams(topicOf(place.stream)));
    const committed = await log.committed(place);
    const ledger = await store.ledger(place, committed.offset);
    const { redo, recount, next } = resume({
      committed,
      ledger,
      log: await log.bounds(place),
    });

    const ledgerEnd = (ledger.at(-1)?.last ?? -1) + 1;
    const strays = await store.rowsFrom(place, ledgerEnd);
    if (strays > 0) throw new Halt('rows-beyond-ledger', { from: ledgerEnd, rows: strays });
    for (const { first, last, tally } of recount) {
      const missing = tally.accepted - (await store.countBlock(place, { first, last }));
      if (missing !== 0) throw new Halt('records-gone', { first, last, missing });
    }
    const from = redo[0]?.first ?? next;
    return { next: from, redo: [...redo], pending: [], committed: committed.offset };
  }

  *#cut(batch: Batch<M>): Generator<[Bounds, readonly M[]]> {
    const { messages, lastOffset } = batch;
    let first = batch.fetchedOffset;
    for (let from = 0; from < messages.length; from += this.#blockRecords) {
      const records = messages.slice(from, from + this.#blockRecords);
      const isLast = from + this.#blockRecords >= messages.length;
      const last = isLast ? lastOffset : this.#offsetOf(records[records.length - 1] as M);
      yield [{ first, last }, records];
      first = last + 1;
    }
  }
}
