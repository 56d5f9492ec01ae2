/** A build that takes less costs nothing that is worth waiting for, ms. */
const SHORT_MS = 1000;
/** Where other work makes a build take long, resting thrice as long would only leave the machine idle once it is done. */
const LONGEST_REST_MS = 300_000;

/**
 * When a target may be built again. The day of a whole nation takes a minute to build, and is stale again at its next
 * block: answers are exact all the same, and most of the machine is left to new alerts. Many short builds, as of a store
 * that catches up, are followed by no rest.
 */
export class Pace {
  #restsUntil = Number.NEGATIVE_INFINITY;

  /** @param now ms, of a clock that goes on steadily */
  rests(now: number): boolean {
    return now < this.#restsUntil;
  }

  /** A build has ended, well or not. */
  built(from: number, to: number): void {
    const rest = Math.min(3 * Math.max(0, to - from - SHORT_MS), LONGEST_REST_MS);
    this.#restsUntil = Math.max(this.#restsUntil, to + rest);
  }
}
