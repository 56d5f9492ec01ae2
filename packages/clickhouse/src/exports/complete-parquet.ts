import { Transform, type TransformCallback } from 'node:stream';
import { parquetMetadata } from 'hyparquet';

/** A file's metadata stand at its end: those of some thousand row groups, of a million rows each, fit into this. */
const TAIL_BYTES = 16 << 20;

/** Lets a Parquet file through and reads at its end how many rows it has. An answer that broke off has no such end. */
export class CompleteParquet extends Transform {
  #tail: Buffer[] = [];
  #tailBytes = 0;
  #rows = 0;

  /** All of them, once the stream has ended. */
  get rows(): number {
    return this.#rows;
  }

  override _transform(chunk: Buffer, _: BufferEncoding, done: TransformCallback): void {
    this.#tail.push(chunk);
    this.#tailBytes += chunk.length;
    while (this.#tailBytes - this.#tail[0]!.length >= TAIL_BYTES)
      this.#tailBytes -= this.#tail.shift()!.length;
    done(null, chunk);
  }

  override _flush(done: TransformCallback): void {
    try {
      this.#rows = Number(parquetMetadata(Buffer.concat(this.#tail)).num_rows);
      done();
    } catch (cause) {
      done(new Error('the answer broke off', { cause }));
    }
  }
}
