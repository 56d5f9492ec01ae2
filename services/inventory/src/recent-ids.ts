/**
 * The events accepted at the last `size` offsets of one partition: one that comes again counts once. An event's id is
 * its device's own: who writes events may well name those of one wave alike.
 */
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

  /**
   * True for one that was accepted within the window; any other is remembered. Offsets must ascend.
   * @param device 16 hex digits
   */
  seen(device: string, eventId: string, offset: number): boolean {
    const id = device + eventId;
    for (const [oldest, at] of this.#offsets) {
      if (offset - at <= this.#size) break;
      this.#offsets.delete(oldest);
    }
    if (this.#offsets.has(id)) return true;
    this.#offsets.set(id, offset);
    return false;
  }
}
