type Numbers = Uint32Array | Float64Array;

const BITS = 16;
const LENGTH = 1 << BITS;
const MASK = LENGTH - 1;

/**
 * A column of numbers that grows by a piece at a time: an array that is doubled would be half empty, and twice there
 * while it is copied.
 */
export class Column<T extends Numbers> {
  readonly #pieces: T[] = [];
  readonly #create: (length: number) => T;
  length = 0;

  constructor(create: (length: number) => T) {
    this.#create = create;
  }

  get bytes(): number {
    return this.#pieces.reduce((sum, { byteLength }) => sum + byteLength, 0);
  }

  get(index: number): number {
    return this.#pieces[index >>> BITS]![index & MASK]!;
  }

  set(index: number, value: number): void {
    this.#pieces[index >>> BITS]![index & MASK] = value;
  }

  push(value: number): void {
    if (this.length === this.#pieces.length * LENGTH) this.#pieces.push(this.#create(LENGTH));
    this.set(this.length++, value);
  }
}

export const uint32s = (): Column<Uint32Array> => new Column((length) => new Uint32Array(length));
export const float64s = (): Column<Float64Array> => new Column((length) => new Float64Array(length));
