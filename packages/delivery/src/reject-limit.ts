import type { Tally } from './block.ts';
import { Halt } from './halt.ts';

/** `share` of rejected records, 0 to 1, that may not be exceeded over the last `records` records. */
export interface RejectLimit {
  readonly share: number;
  readonly records: number;
}

/** Halts a partition rather than drain a bad deploy of a producer, or of ours, into the dead letters. */
export class RejectGuard {
  readonly #limit: RejectLimit;
  #recent: Tally[] = [];

  constructor(limit: RejectLimit) {
    this.#limit = limit;
  }

  /** @throws Halt when the block would take the share above the limit; the block then stays undelivered */
  check(tally: Tally): void {
    const recent = [...this.#recent, tally];
    while (recent.length > 1 && sum(recent.slice(1), 'records') >= this.#limit.records) recent.shift();
    const records = sum(recent, 'records');
    const rejected = sum(recent, 'rejected');
    if (records >= this.#limit.records && rejected > records * this.#limit.share) {
      throw new Halt('too-many-rejects', {
        records,
        rejected,
        limit: this.#limit.share,
      });
    }
    this.#recent = recent;
  }
}

function sum(tallies: readonly Tally[], count: 'records' | 'rejected'): number {
  return tallies.reduce((total, tally) => total + tally[count], 0);
}
