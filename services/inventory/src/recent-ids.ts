/**
 * The events accepted at the last `size` offsets of one partition: one that comes again counts once. An event's id is
 * its device's own: who writes events may well name those of one wave alike.
 */
export class RecentIds {
  readonly #size: number;
  readonly #offsets = new Map<string, number>();
  #sweptAt = 0;

  constructor(size: number) {
    this.#size = size;
  }

  clear(): void {
    this.#offsets.clear();
  }

  /**
   * True for one that was accepted within the window; any other is remembered. Offsets must ascend.
   * @param device 16 hex digits
   */
  seen(device: string, eventId: string, offset: number): boolean {
    const id = device + eventId;
    const before = this.#offsets.get(id);
    if (before !== undefined && offset - before <= this.#size) return true;
    if (Math.abs(offset - this.#sweptAt) > this.#size) this.#sweep(offset);
    this.#offsets.set(id, offset);
    return false;
  }

  /** A window at a time: of a map that loses its oldest one by one, each look at the oldest passes all that are gone. */
  #sweep(offset: number): void {
    for (const [id, at] of this.#offsets) if (offset - at > this.#size) this.#offsets.delete(id);
    this.#sweptAt = offset;
  }
}
