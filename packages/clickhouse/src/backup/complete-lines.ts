import { Transform, type TransformCallback } from 'node:stream';

const LINE_END = 0x0a;

/**
 * Lets lines through and counts them, up to a mark in a line of its own behind the last one; the mark is held back. An answer that
 * broke off may end without an error, but not with the mark.
 */
export class CompleteLines extends Transform {
  readonly #mark: Buffer;
  /** What may yet be the mark. */
  #held: Buffer = Buffer.alloc(0);
  /** The last byte that was let through; of nothing, as if a line had ended. */
  #last = LINE_END;
  #lines = 0;

  constructor(mark: string) {
    super();
    this.#mark = Buffer.from(mark);
  }

  /** All of them, once the stream has ended. */
  get lines(): number {
    return this.#lines;
  }

  override _transform(chunk: Buffer, _: BufferEncoding, done: TransformCallback): void {
    const all = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    const sure = Math.max(0, all.length - this.#mark.length);
    this.#held = all.subarray(sure);
    const passed = all.subarray(0, sure);
    for (let at = passed.indexOf(LINE_END); at >= 0; at = passed.indexOf(LINE_END, at + 1)) this.#lines += 1;
    this.#last = passed.at(-1) ?? this.#last;
    done(null, passed);
  }

  override _flush(done: TransformCallback): void {
    const whole = this.#last === LINE_END && this.#held.equals(this.#mark);
    done(whole ? null : new Error('the answer broke off'));
  }
}
