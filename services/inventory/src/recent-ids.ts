/** The event ids accepted at the last `size` offsets of one partition: an event that comes again counts once. */
export class RecentIds {
  readonly #size: number;
  /** In the order in which they were accepted. */
  readonly #offsets = new Map<string, number>();

  constructor(size: number) {
    this.#size = size;
  }

  clear(): void {
    this.#offsets.clear();
  }

  /** True for one that was accepted within the window; any other is remembered. Offsets must ascend. */
  seen(id: string, offset: number): boolean {
    for (const [oldest, at] of this.#offsets) {
      if (offset - at <= this.#size) break;
      this.#offsets.delete(oldest);
    }
    if (this.#offsets.has(id)) return true;
    this.#offsets.set(id, offset);
    return false;
  }
}
