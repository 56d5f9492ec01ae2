import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { type CsvError, parse } from 'csv-parse';
import { UsageError } from '../../errors.ts';
import type { BrokenRow, Row, Source } from './source.ts';

const KIB = 1024;
const MAX_ROW_BYTES = 4 * KIB * KIB;

/** A CSV file in UTF-8 whose first row names the columns. A row that can't be read is broken, the rest go on. */
export async function openCsv(file: string, delimiter: string): Promise<Source> {
  const { size } = await stat(file);
  const bytes = createReadStream(file);
  const broken: BrokenRow[] = [];
  const parser = parse({
    bom: true,
    delimiter,
    // Any at any line: files that were put together have several, and the first alone would make the rest one row.
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: MAX_ROW_BYTES,
    info: true,
    on_skip: (error?: CsvError) => {
      broken.push({ number: Number(error?.lines ?? 0), broken: error?.message ?? 'not a row of CSV' });
    },
  });
  bytes.on('error', (error) => parser.destroy(error));
  const records: AsyncIterator<{ record: string[]; info: { lines: number } }> = bytes
    .pipe(parser)
    [Symbol.asyncIterator]();
  const head = await records.next();
  if (head.done) throw new UsageError(`${file}: has no row that names the columns`);
  const columns = head.value.record.map((name) => name.trim());

  async function* rows(): AsyncGenerator<Row | BrokenRow> {
    for (;;) {
      const next = await records.next();
      yield* broken.splice(0);
      if (next.done) return;
      const { record: cells, info } = next.value;
      if (cells.length === columns.length) yield { number: info.lines, cells };
      else yield { number: info.lines, broken: `${cells.length} cells, of ${columns.length} columns` };
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
