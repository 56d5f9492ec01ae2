/** For how long buckets have been stale, by what looks after them have found. */
export class StaleSince {
  #since = new Map<string, number>();

  /**
   * @param stale the buckets of this look
   * @param now ms, of a clock that goes on steadily
   * @returns seconds for which the one that has waited longest has been stale; 0 where none is
   */
  look(stale: readonly string[], now: number): number {
    this.#since = new Map(stale.map((bucket) => [bucket, this.#since.get(bucket) ?? now]));
    let oldest = now;
    for (const since of this.#since.values()) oldest = Math.min(oldest, since);
    return (now - oldest) / 1000;
  }
}
