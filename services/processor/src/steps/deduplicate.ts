import type { Alert } from '@tocsin/domain';

const WORDS = 6;
const NONE = -1;

type Identified = Pick<Alert, 'originator' | 'target' | 'counterHi' | 'counterLo' | 'alertCode'>;

/**
 * The request ids accepted at the last `size` offsets of one partition. An id that comes again with the same
 * alert code within that distance is an upstream duplicate: the code tells apart alerts of devices that use a
 * counter twice, as the published conformance vectors do. Ids are compared whole, never by their hash alone:
 * a collision would drop an alert. What it answers depends on the accepted ids and their offsets only, so it can be filled
 * from the store and then answers as before.
 */
export class DuplicateWindow {
  readonly #size: number;
  /** A ring of the newest ids: originator, target and counter as six words each. */
  readonly #ids: Uint32Array;
  readonly #codes: string[];
  readonly #offsets: Float64Array;
  /** Chains of ring slots with the same hash, newest first. */
  readonly #heads: Int32Array;
  readonly #older: Int32Array;
  readonly #words = new Uint32Array(WORDS);
  #slot = 0;

  constructor(size: number) {
    this.#size = size;
    // Offsets are distinct, so `size + 1` newer ones put an id out of reach before its slot is taken.
    const slots = size + 1;
    this.#ids = new Uint32Array(slots * WORDS);
    this.#codes = new Array<string>(slots).fill('');
    this.#offsets = new Float64Array(slots);
    this.#older = new Int32Array(slots);
    this.#heads = new Int32Array(2 ** Math.ceil(Math.log2(slots * 2)));
    this.clear();
  }

  clear(): void {
    this.#offsets.fill(Number.NEGATIVE_INFINITY);
    this.#heads.fill(NONE);
    this.#older.fill(NONE);
    this.#slot = 0;
  }

  /** True for a duplicate; any other id is remembered under its offset. Offsets must ascend. */
  seen(alert: Identified, offset: number): boolean {
    const words = this.#words;
    words[0] = alert.originator.hi;
    words[1] = alert.originator.lo;
    words[2] = alert.target.hi;
    words[3] = alert.target.lo;
    words[4] = alert.counterHi;
    words[5] = alert.counterLo;
    const bucket = this.#bucket();
    for (let slot = this.#heads[bucket] as number; slot !== NONE; slot = this.#older[slot] as number) {
      if (offset - (this.#offsets[slot] as number) > this.#size) break;
      if (this.#codes[slot] === alert.alertCode && this.#holds(slot)) return true;
    }
    this.#remember(bucket, offset, alert.alertCode);
    return false;
  }

  #bucket(words: ArrayLike<number> = this.#words, from = 0): number {
    let hash = 0;
    for (let i = 0; i < WORDS; i++) {
      hash = Math.imul(hash ^ (words[from + i] as number), 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    return hash & (this.#heads.length - 1);
  }

  #holds(slot: number): boolean {
    const from = slot * WORDS;
    for (let i = 0; i < WORDS; i++) if (this.#ids[from + i] !== this.#words[i]) return false;
    return true;
  }

  #remember(bucket: number, offset: number, alertCode: string): void {
    const slot = this.#slot;
    if (this.#offsets[slot] !== Number.NEGATIVE_INFINITY) this.#forget(slot);
    this.#ids.set(this.#words, slot * WORDS);
    this.#codes[slot] = alertCode;
    this.#offsets[slot] = offset;
    this.#older[slot] = this.#heads[bucket] as number;
    this.#heads[bucket] = slot;
    this.#slot = (slot + 1) % this.#offsets.length;
  }

  /** Takes the oldest id out of its chain, where it is the last. */
  #forget(slot: number): void {
    const bucket = this.#bucket(this.#ids, slot * WORDS);
    if (this.#heads[bucket] === slot) {
      this.#heads[bucket] = NONE;
      return;
    }
    let newer = this.#heads[bucket] as number;
    while (this.#older[newer] !== slot) newer = this.#older[newer] as number;
    this.#older[newer] = NONE;
  }
}
