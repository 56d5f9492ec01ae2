import type { RejectReason } from '../reject-reasons.ts';

/**
 * Reads bytes from the front of a span. The first fault sticks: after it every read gives 0 and moves
 * nothing, so that a parser can be written straight down and look at `fault` once, at its end.
 */
export class Reader {
  bytes: Uint8Array = new Uint8Array(0);
  at = 0;
  end = 0;
  fault: RejectReason | null = null;

  reset(bytes: Uint8Array): void {
    this.bytes = bytes;
    this.at = 0;
    this.end = bytes.length;
    this.fault = null;
  }

  fail(reason: RejectReason): void {
    this.fault ??= reason;
  }

  /** True while there is more to read in the span, and reason to. */
  get more(): boolean {
    return this.fault === null && this.at < this.end;
  }

  /** Where the next `count` bytes begin, which are passed over; 0 after a fault. */
  take(count: number): number {
    if (count > this.end - this.at) this.fail('gbcs-truncated');
    if (this.fault !== null) return 0;
    const from = this.at;
    this.at += count;
    return from;
  }

  uint8(): number {
    const from = this.take(1);
    return this.fault === null ? this.bytes[from]! : 0;
  }

  uint16(): number {
    const high = this.uint8();
    return high * 0x100 + this.uint8();
  }

  uint32(): number {
    const high = this.uint16();
    return high * 0x10000 + this.uint16();
  }

  /** A byte that can only have this value. */
  expect(value: number, otherwise: RejectReason): void {
    if (this.uint8() !== value) this.fail(otherwise);
  }

  /** A length as BER writes it, which A-XDR shares: one byte below 80, else 81 to 84 and that many bytes. */
  length(): number {
    const first = this.uint8();
    if (first < 0x80) return first;
    if (first === 0x80 || first > 0x84) this.fail('gbcs-structure');
    let length = 0;
    for (let rest = first - 0x80; rest > 0 && this.fault === null; rest--)
      length = length * 256 + this.uint8();
    return length;
  }

  /** Narrows the span to its next `length` bytes; returns the old end, which `leave` wants back. */
  enter(length: number): number {
    const outer = this.end;
    if (length < 0 || length > this.end - this.at) this.fail('gbcs-truncated');
    if (this.fault === null) this.end = this.at + length;
    return outer;
  }

  /** Widens the span again; the narrow one must have been read to its end. */
  leave(outer: number): void {
    if (this.at !== this.end) this.fail('gbcs-trailing-bytes');
    this.end = outer;
  }
}
