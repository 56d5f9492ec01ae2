/** Bytes that grow at the end. Used again and again, so what was taken from it holds only until `clear`. */
export class Bytes {
  buffer: Buffer;
  /** Where the next byte goes: writers advance it. */
  at = 0;

  constructor(size: number) {
    this.buffer = Buffer.allocUnsafe(size);
  }

  clear(): void {
    this.at = 0;
  }

  /** Makes sure that so many more bytes can be written. */
  reserve(bytes: number): void {
    if (this.buffer.length - this.at >= bytes) return;
    const larger = Buffer.allocUnsafe(Math.max(this.buffer.length * 2, this.at + bytes));
    this.buffer.copy(larger, 0, 0, this.at);
    this.buffer = larger;
  }

  written(): Buffer {
    return this.buffer.subarray(0, this.at);
  }
}
