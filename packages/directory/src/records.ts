import { hash } from './hash.ts';

const FIRST_SLOTS = 1 << 10;
/** Words of 32 bits in a piece. An array that grows by doubling would be half empty, and twice there meanwhile. */
const BITS = 20;
const PIECE = 1 << BITS;
const MASK = PIECE - 1;
const HEADER = 2;
const INTERVAL = 4;
/** Marks the last interval of a record. */
const LAST = 0x80000000;
/** Of a slot: where the record is, and above it three bits of the device's hash, which spare looking at most others. */
const PLACE = 0x1fffffff;

interface Piece {
  readonly words: Uint32Array;
  /** The same memory, two words each. */
  readonly times: Float64Array;
}

/**
 * A record for each device: its EUI-64 in two words, then its intervals, of four: a time, a value and a hub. All of a
 * device stands together, because what a look-up costs is the lines of memory that it fetches. Records and intervals go
 * by the number of their first word.
 */
export class Records {
  readonly #pieces: Piece[] = [];
  /**
   * Open addressing: half of a record's number + 1, with bits of the hash above it; 0 for a free slot. At most three
   * quarters are taken.
   */
  #slots = new Uint32Array(FIRST_SLOTS);
  /** Words that were given out, and those of them that no record has any more. */
  #length = 0;
  #dropped = 0;
  #records = 0;
  #intervals = 0;

  get size(): number {
    return this.#records;
  }

  get intervals(): number {
    return this.#intervals;
  }

  get bytes(): number {
    return this.#pieces.length * PIECE * 4 + this.#slots.byteLength;
  }

  /** Share of the words that no record has any more. */
  get waste(): number {
    return this.#dropped / Math.max(1, this.#length);
  }

  /** The interval of a device that holds at a time; -1 where there is no such device, or none holds yet. */
  find(hi: number, lo: number, at: number): number {
    const found = this.#slots[this.#slotOf(hi, lo)] as number;
    if (found === 0) return -1;
    const record = ((found & PLACE) - 1) * 2;
    const { words, times } = this.#pieces[record >>> BITS] as Piece;
    let interval = (record & MASK) + HEADER;
    if ((times[interval >>> 1] as number) > at) return -1;
    while ((words[interval + 2] as number) < LAST && (times[(interval + INTERVAL) >>> 1] as number) <= at) {
      interval += INTERVAL;
    }
    return record - (record & MASK) + interval;
  }

  /** What holds in an interval. */
  value(interval: number): number {
    return ((this.#pieces[interval >>> BITS] as Piece).words[(interval & MASK) + 2] as number) & ~LAST;
  }

  hub(interval: number): number {
    return (this.#pieces[interval >>> BITS] as Piece).words[(interval & MASK) + 3] as number;
  }

  /** Makes these the device's intervals, in place of those that it had. At least one; times ascend. */
  put(
    hi: number,
    lo: number,
    times: readonly number[],
    values: readonly number[],
    hubs: readonly number[],
  ): void {
    const slot = this.#slotOf(hi, lo);
    const count = times.length;
    const found = this.#slots[slot] as number;
    let record = ((found & PLACE) - 1) * 2;
    const room = found === 0 ? 0 : this.#countOf(record);
    this.#intervals += count - room;
    if (room < count) {
      if (found > 0) this.#dropped += HEADER + room * INTERVAL;
      else this.#records++;
      record = this.#reserve(HEADER + count * INTERVAL);
      if (record / 2 + 1 > PLACE) throw new RangeError('the directory is full: its records take 4 GiB');
      this.#slots[slot] = (hash(hi, lo) & ~PLACE) | (record / 2 + 1);
    } else this.#dropped += (room - count) * INTERVAL;
    const piece = this.#pieces[record >>> BITS] as Piece;
    const at = record & MASK;
    piece.words[at] = hi;
    piece.words[at + 1] = lo;
    for (let i = 0; i < count; i++) {
      const interval = at + HEADER + i * INTERVAL;
      piece.times[interval >>> 1] = times[i] as number;
      piece.words[interval + 2] = ((values[i] as number) | (i === count - 1 ? LAST : 0)) >>> 0;
      piece.words[interval + 3] = hubs[i] as number;
    }
    if (this.#records > this.#slots.length * 0.75) this.#grow();
  }

  /** All records, each with its intervals. */
  *all(): Generator<{ hi: number; lo: number; times: number[]; values: number[]; hubs: number[] }> {
    for (const found of this.#slots) {
      if (found === 0) continue;
      const record = ((found & PLACE) - 1) * 2;
      const { words, times } = this.#pieces[record >>> BITS] as Piece;
      const at = record & MASK;
      const intervals = Array.from({ length: this.#countOf(record) }, (_, i) => at + HEADER + i * INTERVAL);
      yield {
        hi: words[at] as number,
        lo: words[at + 1] as number,
        times: intervals.map((interval) => times[interval >>> 1] as number),
        values: intervals.map((interval) => (words[interval + 2] as number) & ~LAST),
        hubs: intervals.map((interval) => words[interval + 3] as number),
      };
    }
  }

  #countOf(record: number): number {
    const { words } = this.#pieces[record >>> BITS] as Piece;
    let count = 1;
    for (let at = (record & MASK) + HEADER + 2; (words[at] as number) < LAST; at += INTERVAL) count++;
    return count;
  }

  /** So many words that stand together, for a record. An even number of them. */
  #reserve(words: number): number {
    const left = this.#pieces.length * PIECE - this.#length;
    if (left < words) {
      this.#dropped += left;
      this.#length += left;
      const buffer = new ArrayBuffer(PIECE * 4);
      this.#pieces.push({ words: new Uint32Array(buffer), times: new Float64Array(buffer) });
    }
    const first = this.#length;
    this.#length += words;
    return first;
  }

  /** Where the device stands, or would stand. */
  #slotOf(hi: number, lo: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    const hashed = hash(hi, lo);
    let slot = hashed & mask;
    for (let taken = slots[slot] as number; taken > 0; taken = slots[slot] as number) {
      if (((taken ^ hashed) & ~PLACE) === 0) {
        const record = ((taken & PLACE) - 1) * 2;
        const { words } = this.#pieces[record >>> BITS] as Piece;
        if (words[(record & MASK) + 1] === lo && words[record & MASK] === hi) break;
      }
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = new Uint32Array(old.length * 2);
    for (const taken of old) {
      if (taken === 0) continue;
      const record = ((taken & PLACE) - 1) * 2;
      const { words } = this.#pieces[record >>> BITS] as Piece;
      const [hi, lo] = [words[record & MASK] as number, words[(record & MASK) + 1] as number];
      this.#slots[this.#slotOf(hi, lo)] = taken;
    }
  }
}
