import type { Eui64 } from '@tocsin/domain';
import { hash } from './hash.ts';

/** Numbers hubs in the order in which they were met, from 1; 0 is none. */
export class Hubs {
  /** EUI-64s in two halves. */
  #ids = new Uint32Array(1 << 10);
  /** Open addressing: numbers, 0 for a free slot. */
  #slots = new Uint32Array(1 << 10);
  #count = 0;

  get bytes(): number {
    return this.#ids.byteLength + this.#slots.byteLength;
  }

  add(hi: number, lo: number): number {
    const slot = this.#slotOf(hi, lo);
    if (this.#slots[slot] !== 0) return this.#slots[slot] as number;
    const number = ++this.#count;
    if (number * 2 + 2 > this.#ids.length) {
      const ids = new Uint32Array(this.#ids.length * 2);
      ids.set(this.#ids);
      this.#ids = ids;
    }
    this.#ids[number * 2] = hi;
    this.#ids[number * 2 + 1] = lo;
    this.#slots[slot] = number;
    if (number > this.#slots.length * 0.75) this.#grow();
    return number;
  }

  read(number: number, into: Eui64): void {
    into.hi = this.#ids[number * 2] as number;
    into.lo = this.#ids[number * 2 + 1] as number;
  }

  #slotOf(hi: number, lo: number): number {
    const mask = this.#slots.length - 1;
    let slot = hash(hi, lo) & mask;
    for (let taken = this.#slots[slot] as number; taken > 0; taken = this.#slots[slot] as number) {
      if (this.#ids[taken * 2 + 1] === lo && this.#ids[taken * 2] === hi) break;
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  #grow(): void {
    this.#slots = new Uint32Array(this.#slots.length * 2);
    for (let number = 1; number <= this.#count; number++) {
      const slot = this.#slotOf(this.#ids[number * 2] as number, this.#ids[number * 2 + 1] as number);
      this.#slots[slot] = number;
    }
  }
}
