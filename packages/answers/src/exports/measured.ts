import { createHash } from 'node:crypto';
import { Transform, type TransformCallback } from 'node:stream';

export interface Measures {
  readonly bytes: number;
  readonly sha256: string;
}

/** Lets bytes through, and says what they were before it ends: it waits for whoever is told, and fails where they do. */
export class Measured extends Transform {
  readonly #hash = createHash('sha256');
  readonly #told: (measures: Measures) => void | Promise<void>;
  #bytes = 0;

  constructor(told: (measures: Measures) => void | Promise<void>) {
    super();
    this.#told = told;
  }

  /** So far. */
  get bytes(): number {
    return this.#bytes;
  }

  override _transform(chunk: Buffer, _: BufferEncoding, done: TransformCallback): void {
    this.#hash.update(chunk);
    this.#bytes += chunk.length;
    done(null, chunk);
  }

  override _flush(done: TransformCallback): void {
    Promise.resolve({ bytes: this.#bytes, sha256: this.#hash.digest('hex') })
      .then(this.#told)
      .then(() => done(), done);
  }
}
