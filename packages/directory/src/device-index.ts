import { uint32s } from './columns.ts';

const FIRST_SLOTS = 1 << 10;

/** Numbers devices in the order in which they were met, by their EUI-64 in two halves. */
export class DeviceIndex {
  readonly #hi = uint32s();
  readonly #lo = uint32s();
  /** Open addressing: a device's number + 1, 0 for a free slot. At most three quarters are taken. */
  #slots = new Uint32Array(FIRST_SLOTS);

  get size(): number {
    return this.#hi.length;
  }

  get bytes(): number {
    return this.#hi.bytes + this.#lo.bytes + this.#slots.byteLength;
  }

  /** The device's number, -1 for one that was never met. */
  find(hi: number, lo: number): number {
    return (this.#slots[this.#slotOf(hi, lo)] as number) - 1;
  }

  findOrAdd(hi: number, lo: number): number {
    const slot = this.#slotOf(hi, lo);
    const found = this.#slots[slot] as number;
    if (found > 0) return found - 1;
    const number = this.#hi.length;
    this.#hi.push(hi);
    this.#lo.push(lo);
    this.#slots[slot] = number + 1;
    if (this.#hi.length > this.#slots.length * 0.75) this.#grow();
    return number;
  }

  hi(number: number): number {
    return this.#hi.get(number);
  }

  lo(number: number): number {
    return this.#lo.get(number);
  }

  /** Where the device stands, or would stand. */
  #slotOf(hi: number, lo: number): number {
    const mask = this.#slots.length - 1;
    let slot = hash(hi, lo) & mask;
    for (let taken = this.#slots[slot] as number; taken > 0; taken = this.#slots[slot] as number) {
      if (this.#lo.get(taken - 1) === lo && this.#hi.get(taken - 1) === hi) break;
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  #grow(): void {
    this.#slots = new Uint32Array(this.#slots.length * 2);
    for (let number = 0; number < this.#hi.length; number++) {
      this.#slots[this.#slotOf(this.#hi.get(number), this.#lo.get(number))] = number + 1;
    }
  }
}

/** The finalizer of MurmurHash3 over both halves: makers number their devices one after another. */
function hash(hi: number, lo: number): number {
  let h = Math.imul(lo ^ Math.imul(hi, 0x9e3779b1), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
