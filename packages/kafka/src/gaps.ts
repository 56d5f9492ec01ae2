/**
 * Offsets without a record to read, by partition: the client keeps batches of aborted and control records to itself,
 * and the next batch that it hands over begins behind them.
 */
export class Gaps {
  readonly #gaps = new Map<number, { from: number; to: number }>();

  /** A batch that had records, none of which can be read. Both offsets are inclusive. */
  add(partition: number, first: number, last: number): void {
    const before = this.#gaps.get(partition);
    const from = before && before.to + 1 === first ? before.from : first;
    this.#gaps.set(partition, { from, to: last });
  }

  /** The offset from which a batch is complete that was fetched from `fetched` on. */
  startOf(partition: number, fetched: number): number {
    const gap = this.#gaps.get(partition);
    return gap && gap.to + 1 === fetched ? gap.from : fetched;
  }

  clear(): void {
    this.#gaps.clear();
  }
}
