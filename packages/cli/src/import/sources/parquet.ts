import {
  asyncBufferFromFile,
  type ParquetParsers,
  parquetMetadataAsync,
  parquetRead,
  parquetSchema,
} from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { UsageError } from '../../errors.ts';
import type { Row, Source } from './source.ts';

type Element = ReturnType<typeof parquetSchema>['element'];

/** A Parquet file's flat columns, one row group at a time in memory, and of it only the columns asked for. */
export async function openParquet(file: string): Promise<Source> {
  const buffer = await asyncBufferFromFile(file);
  const metadata = await parquetMetadataAsync(buffer).catch((error: Error) => {
    throw new UsageError(`${file}: is no Parquet file: ${error.message}`);
  });
  const elements = parquetSchema(metadata)
    .children.filter(({ children }) => children.length === 0)
    .map(({ element }) => element);
  const columns = elements.map(({ name }) => name);
  let done = 0;

  async function* rows(used: readonly number[]): AsyncGenerator<Row> {
    let start = 0;
    for (const { num_rows } of metadata.row_groups) {
      const end = start + Number(num_rows);
      for (const record of await readGroup(
        used.map((place) => columns[place]!),
        start,
        end,
      )) {
        done += 1;
        const cells = columns.map(() => '');
        for (const place of used) cells[place] = textOf(record[columns[place]!], elements[place]!);
        yield { number: done, cells };
      }
      start = end;
    }
  }

  function readGroup(wanted: string[], rowStart: number, rowEnd: number) {
    return new Promise<Record<string, unknown>[]>((resolve, reject) => {
      const range = { rowStart, rowEnd, columns: wanted };
      const how = { rowFormat: 'object', compressors, parsers: PARSERS, onComplete: resolve } as const;
      parquetRead({ file: buffer, metadata, ...range, ...how }).catch((error: Error) =>
        reject(new UsageError(`${file}: rows ${rowStart + 1} to ${rowEnd} can't be read: ${error.message}`)),
      );
    });
  }

  return { columns, total: Number(metadata.num_rows), unit: 'rows', done: () => done, rows };
}

const PARSERS: Partial<ParquetParsers> = {
  dateFromDays: (days) => new Date(days * 86_400_000).toISOString().slice(0, 10),
  stringFromBytes: (bytes) => bytes && new TextDecoder().decode(bytes),
};

/** A cell as a CSV file would have it. A time that the file does not place in UTC stays without an offset. */
function textOf(value: unknown, { type, logical_type }: Element): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) {
    const utc = type !== 'INT96' && !(logical_type?.type === 'TIMESTAMP' && !logical_type.isAdjustedToUTC);
    return utc ? value.toISOString() : value.toISOString().slice(0, -1);
  }
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
