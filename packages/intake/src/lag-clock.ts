/** Ends of the log are remembered so far apart in time, as a share of how long the first of them has waited. */
const PRECISION = 1 / 100;

interface Seen {
  /** The offset that the next record would get. */
  readonly end: number;
  /** ms, of a clock that goes on steadily. */
  readonly at: number;
}

/**
 * For how long the next record of a partition has waited: since an end of the log beyond it was first seen. Records'
 * own times would say that months of a backfill are months of lag.
 */
export class LagClock {
  #seen: Seen[] = [];
  #newest: Seen = { end: 0, at: 0 };

  /** The newest end of the log that was seen. */
  get end(): number {
    return this.#newest.end;
  }

  /** The log's end as it is now. */
  see(end: number, at: number): void {
    // A log that became shorter was made anew.
    if (end < this.#newest.end) this.#seen = [];
    else if (end === this.#newest.end) return;
    this.#newest = { end, at };
    const [first, last] = [this.#seen[0], this.#seen.at(-1)];
    if (!first || !last || at - last.at >= (at - first.at) * PRECISION) this.#seen.push(this.#newest);
  }

  /** Seconds; 0 while nothing is known to wait. */
  secondsBehind(next: number, now: number): number {
    const beyond = this.#seen.findIndex(({ end }) => end > next);
    this.#seen = beyond < 0 ? [] : this.#seen.slice(beyond);
    const since = this.#seen[0] ?? (this.#newest.end > next ? this.#newest : null);
    return since ? (now - since.at) / 1000 : 0;
  }
}
