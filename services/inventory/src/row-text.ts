const PIECE = 1 << 16;

/** Rows that become bytes piece by piece: a block's rows kept as strings are what the garbage collector lives on. */
export class RowText {
  readonly #pieces: Buffer[] = [];
  #text = '';
  #count = 0;

  get count(): number {
    return this.#count;
  }

  add(row: string): void {
    this.#text += row;
    this.#count++;
    if (this.#text.length >= PIECE) this.#cut();
  }

  bytes(): Buffer {
    this.#cut();
    return Buffer.concat(this.#pieces);
  }

  #cut(): void {
    this.#pieces.push(Buffer.from(this.#text));
    this.#text = '';
  }
}
