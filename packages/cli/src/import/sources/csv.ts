import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { type CsvError, parse } from 'csv-parse';
import { UsageError } from '../../errors.ts';
import type { BrokenRow, Row, Source } from './source.ts';

const KIB = 1024;
const MAX_ROW_BYTES = 4 * KIB * KIB;

/** Lines of the file, from 1, that a row takes. */
interface Span {
  readonly first: number;
  readonly last: number;
}

/** A quote that nobody closes makes one row of many lines: whoever mends the file looks for the first, and misses them all. */
const linesOf = ({ first, last }: Span): string =>
  last > first ? `; takes lines ${first} to ${last}, none of which was read by itself` : '';

/** A CSV file in UTF-8 whose first row names the columns. A row that can't be read is broken, the rest go on. */
export async function openCsv(file: string, delimiter: string): Promise<Source> {
  if (delimiter === '') throw new UsageError('--delimiter is "": expected one character or more');
  const { size } = await stat(file);
  const bytes = createReadStream(file);
  const broken: BrokenRow[] = [];
  /** Of the rows that were parsed and not yet asked for, in order. */
  const spans: Span[] = [];
  /** Lines that the rows before have taken. */
  let taken = 0;
  const parser = parse({
    bom: true,
    delimiter: delimiter === '\\t' ? '\t' : delimiter,
    // Any at any line: files that were put together have several, and the first alone would make the rest one row.
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: MAX_ROW_BYTES,
    on_record: (cells, { lines }) => {
      spans.push({ first: taken + 1, last: lines });
      taken = lines;
      return cells;
    },
    on_skip: (error?: CsvError) => {
      const [first, last] = [taken + 1, Number(error?.lines ?? taken + 1)];
      taken = last;
      broken.push({
        number: first,
        broken: `${error?.message ?? 'not CSV'}${linesOf({ first, last })}`,
      });
    },
  });
  bytes.on('error', (error) => parser.destroy(error));
  const records: AsyncIterator<string[]> = bytes.pipe(parser)[Symbol.asyncIterator]();
  const head = await records.next();
  if (head.done) throw new UsageError(`${file}: has no row that names the columns`);
  spans.shift();
  const columns = head.value.map((name) => name.trim());

  async function* rows(): AsyncGenerator<Row | BrokenRow> {
    for (;;) {
      const next = await records.next();
      yield* broken.splice(0);
      if (next.done) return;
      const cells = next.value;
      const span = spans.shift()!;
      if (cells.length === columns.length) yield { number: span.last, cells };
      else {
        const broken = `${cells.length} cells, of ${columns.length} columns${linesOf(span)}`;
        yield { number: span.first, broken };
      }
    }
  }

  return {
    columns,
    total: Math.ceil(size / KIB),
    unit: 'KiB',
    done: () => Math.ceil(bytes.bytesRead / KIB),
    rows,
  };
}
