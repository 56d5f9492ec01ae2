import { hash } from './hash.ts';
import { createWords, Heap, LINE_WORDS } from './heap.ts';

/** Of a bucket: the words that are in use, with these, and its lines. */
const BUCKET_HEADER = 2;
/** Of a record: an EUI-64 in two words. */
const HEADER = 2;
/** A time in two words, a value, a hub. */
const INTERVAL = 4;
/** Marks the last interval of a record, in its value. */
const LAST = 0x80000000;
const FIRST_BUCKETS = 64;
/** Words of a bucket on the average: a look-up reads half of them, but fewer buckets are found sooner. */
const FULL = 48;

/**
 * A record for each device: its EUI-64, then its intervals, each a time, a value and a hub. What a look-up costs is the
 * memory that it fetches from afar, so that all records of a bucket stand together, in lines one after another.
 *
 * Buckets are those of linear hashing (Litwin 1980): as records grow, one bucket after another is split in two, so that
 * there is no moment at which all of them move. Intervals go by the number of their first word.
 */
export class Records {
  readonly #heap = new Heap();
  /** By bucket: its first line. */
  #lines = new Uint32Array(FIRST_BUCKETS);
  #buckets = 0;
  /** Buckets when the present round of splitting began, less one. */
  #mask = FIRST_BUCKETS - 1;
  #words = 0;
  #records = 0;
  #intervals = 0;
  /** What a bucket, or two, will hold. */
  readonly #draft = createWords();
  readonly #other = createWords();

  constructor() {
    while (this.#buckets < FIRST_BUCKETS) this.#add(this.#draft.words, BUCKET_HEADER);
  }

  get size(): number {
    return this.#records;
  }

  get intervals(): number {
    return this.#intervals;
  }

  get bytes(): number {
    return this.#heap.bytes + this.#lines.byteLength;
  }

  /** The interval of a device that holds at a time; -1 where there is no such device, or none holds yet. */
  find(hi: number, lo: number, at: number): number {
    const first = this.#firstWord(this.#bucketOf(hi, lo));
    const { words, times } = this.#heap.pieceOf(first);
    const start = this.#heap.placeOf(first);
    const record = recordOf(words, start, hi, lo);
    if (record < 0) return -1;
    let interval = record + HEADER;
    if ((times[interval >>> 1] as number) > at) return -1;
    while ((words[interval + 2] as number) < LAST && (times[(interval + INTERVAL) >>> 1] as number) <= at) {
      interval += INTERVAL;
    }
    return first - start + interval;
  }

  /** What holds in an interval. */
  value(interval: number): number {
    return (this.#heap.pieceOf(interval).words[this.#heap.placeOf(interval) + 2] as number) & ~LAST;
  }

  hub(interval: number): number {
    return this.#heap.pieceOf(interval).words[this.#heap.placeOf(interval) + 3] as number;
  }

  /**
   * Makes these the device's intervals, in place of those that it had. At least one; times ascend.
   * @throws RangeError when there is no room for them
   */
  put(
    hi: number,
    lo: number,
    times: readonly number[],
    values: readonly number[],
    hubs: readonly number[],
  ): void {
    const bucket = this.#bucketOf(hi, lo);
    const draft = this.#draft;
    let end = this.#copyWithout(bucket, hi, lo);
    draft.words[end] = hi;
    draft.words[end + 1] = lo;
    end += HEADER;
    for (let i = 0; i < times.length; i++) {
      draft.times[end >>> 1] = times[i] as number;
      draft.words[end + 2] = ((values[i] as number) | (i === times.length - 1 ? LAST : 0)) >>> 0;
      draft.words[end + 3] = hubs[i] as number;
      end += INTERVAL;
    }
    this.#records++;
    this.#intervals += times.length;
    this.#write(bucket, draft.words, end);
    if (this.#words > FULL * this.#buckets) this.#split();
  }

  /** Copies a bucket into the draft, without the record of a device. Returns the draft's end. */
  #copyWithout(bucket: number, hi: number, lo: number): number {
    const first = this.#firstWord(bucket);
    const { words } = this.#heap.pieceOf(first);
    const start = this.#heap.placeOf(first);
    const end = start + (words[start] as number);
    const record = recordOf(words, start, hi, lo);
    const { words: draft } = this.#draft;
    if (record < 0) return copy(words, start, end, draft, 0);
    const next = endOf(words, record);
    this.#records--;
    this.#intervals -= (next - record - HEADER) / INTERVAL;
    return copy(words, next, end, draft, copy(words, start, record, draft, 0));
  }

  /** Divides the next bucket, by one bit more of the hash, between itself and a new one. */
  #split(): void {
    const bucket = this.#buckets - this.#mask - 1;
    const first = this.#firstWord(bucket);
    const { words } = this.#heap.pieceOf(first);
    const start = this.#heap.placeOf(first);
    const end = start + (words[start] as number);
    let [stays, moves] = [BUCKET_HEADER, BUCKET_HEADER];
    for (let record = start + BUCKET_HEADER; record < end; ) {
      const next = endOf(words, record);
      const bit = hash(words[record] as number, words[record + 1] as number) & (this.#mask + 1);
      if (bit === 0) stays = copy(words, record, next, this.#draft.words, stays);
      else moves = copy(words, record, next, this.#other.words, moves);
      record = next;
    }
    this.#write(bucket, this.#draft.words, stays);
    this.#add(this.#other.words, moves);
    if (this.#buckets > this.#mask * 2 + 1) this.#mask = this.#buckets - 1;
  }

  #write(bucket: number, content: Uint32Array, length: number): void {
    const first = this.#firstWord(bucket);
    const { words } = this.#heap.pieceOf(first);
    const start = this.#heap.placeOf(first);
    const lines = words[start + 1] as number;
    this.#words += length - (words[start] as number);
    if (linesOf(length) === lines) fill(words, start, content, length);
    else {
      this.#heap.give(first / LINE_WORDS, lines);
      this.#lines[bucket] = this.#place(content, length);
    }
  }

  #add(content: Uint32Array, length: number): void {
    if (this.#buckets === this.#lines.length) {
      const lines = new Uint32Array(Math.ceil(this.#buckets * 1.25));
      lines.set(this.#lines);
      this.#lines = lines;
    }
    this.#lines[this.#buckets++] = this.#place(content, length);
    this.#words += length;
  }

  /** Puts a bucket into lines of its own, and returns the first of them. */
  #place(content: Uint32Array, length: number): number {
    const line = this.#heap.take(linesOf(length));
    const first = line * LINE_WORDS;
    fill(this.#heap.pieceOf(first).words, this.#heap.placeOf(first), content, length);
    return line;
  }

  #bucketOf(hi: number, lo: number): number {
    const bucket = hash(hi, lo) & (this.#mask * 2 + 1);
    return bucket < this.#buckets ? bucket : bucket & this.#mask;
  }

  #firstWord(bucket: number): number {
    return (this.#lines[bucket] as number) * LINE_WORDS;
  }
}

const linesOf = (length: number): number => Math.ceil(length / LINE_WORDS);

/** Where the record of a device begins in the bucket that begins at `start`; -1 where there is none. */
function recordOf(words: Uint32Array, start: number, hi: number, lo: number): number {
  const end = start + (words[start] as number);
  for (let record = start + BUCKET_HEADER; record < end; record = endOf(words, record)) {
    if (words[record + 1] === lo && words[record] === hi) return record;
  }
  return -1;
}

function endOf(words: Uint32Array, record: number): number {
  let interval = record + HEADER;
  while ((words[interval + 2] as number) < LAST) interval += INTERVAL;
  return interval + INTERVAL;
}

function fill(words: Uint32Array, start: number, content: Uint32Array, length: number): void {
  content[0] = length;
  content[1] = linesOf(length);
  copy(content, 0, length, words, start);
}

/** Few words at a time: the built-in takes longer to begin. Returns where the copy ends. */
function copy(words: Uint32Array, from: number, to: number, into: Uint32Array, at: number): number {
  let end = at;
  for (let i = from; i < to; i++) into[end++] = words[i] as number;
  return end;
}
