/** Words of 32 bits in a line of the processor's cache. */
export const LINE_WORDS = 16;
/** Words in a piece. An array that grows by doubling would be half empty, and twice there meanwhile. */
const BITS = 20;
const PIECE = 1 << BITS;
const MASK = PIECE - 1;
const MOST_LINES = 2 ** 28;

/** The same memory as words and, two words each, as times. */
export interface Words {
  readonly words: Uint32Array;
  readonly times: Float64Array;
}

export function createWords(): Words {
  const buffer = new ArrayBuffer(PIECE * 4);
  return { words: new Uint32Array(buffer), times: new Float64Array(buffer) };
}

/** Memory in whole lines: so many that stand together are taken, and given back for others of as many. */
export class Heap {
  readonly #pieces: Words[] = [];
  /** Lines taken of all pieces, from the first on. */
  #taken = 0;
  /** By number of lines: the first of those that were given back. */
  readonly #free: number[][] = [];

  get bytes(): number {
    return this.#pieces.length * PIECE * 4;
  }

  /** The piece that a word is in, and which of its words it is. Words are numbered through all pieces. */
  pieceOf(word: number): Words {
    return this.#pieces[word >>> BITS] as Words;
  }

  placeOf(word: number): number {
    return word & MASK;
  }

  /**
   * @returns the number of the first line
   * @throws RangeError when they don't fit in a piece of 4 MiB, or all lines are taken (16 GiB)
   */
  take(lines: number): number {
    const again = this.#free[lines]?.pop();
    if (again !== undefined) return again;
    if (lines * LINE_WORDS > PIECE) throw new RangeError('the history of a device takes more than 4 MiB');
    const left = (this.#pieces.length * PIECE) / LINE_WORDS - this.#taken;
    if (left < lines) {
      if (left > 0) this.give(this.#taken, left);
      this.#taken += left;
      if (this.#taken + lines > MOST_LINES) throw new RangeError('the directory is full: it takes 16 GiB');
      this.#pieces.push(createWords());
    }
    this.#taken += lines;
    return this.#taken - lines;
  }

  give(line: number, lines: number): void {
    this.#free[lines] ??= [];
    this.#free[lines].push(line);
  }
}
