import { pipeline, type Readable, type Transform } from 'node:stream';
import type { ClickHouseSettings } from '@clickhouse/client';
import { CompleteLines } from '../backup/complete-lines.ts';
import type { QueryParams, Store } from '../client.ts';
import { CompleteParquet } from './complete-parquet.ts';

/** A query whose answer is to be a file; without a FORMAT. */
export interface FileQuery {
  readonly sql: string;
  readonly params: QueryParams;
  readonly settings?: ClickHouseSettings;
}

/** The answer to a `FileQuery` while it is read. */
export interface File {
  /** Fails where the answer breaks off. */
  readonly body: Readable;
  /** Rows so far: of Parquet, which tells of them at its end, none before that. */
  rows(): number;
}

/** A form of files: how a query is written for it, and by what one knows that its answer is whole. */
export interface FileFormat {
  /** What stands for a text in the query. */
  text(sql: string): string;
  /** What stands for a moment in the query. */
  time(sql: string): string;
  /** Begins to read; rejects where the server refuses the query. */
  read(store: Store, query: FileQuery): Promise<File>;
}

const same = (sql: string) => sql;

/** What is read of one of the two no more is read of neither: errors, and an end before the end, go both ways. */
const through = (answer: Readable, complete: Transform) => pipeline(answer, complete, () => {});

/** Behind the last row: no row begins with it, as texts are quoted. */
const MARK = '\\end\n';
/** As its own CSVWithNames, but for the mark, by which one knows that the answer is whole. */
const AS_CSV: ClickHouseSettings = {
  date_time_output_format: 'iso',
  format_custom_escaping_rule: 'CSV',
  format_custom_field_delimiter: ',',
  format_custom_row_after_delimiter: '\n',
  format_custom_result_after_delimiter: MARK,
};

const csv: FileFormat = {
  // A spreadsheet would take what begins with = for a formula; a row is a line.
  text: (sql) => `replaceRegexpAll(replaceRegexpOne(${sql}, '^([-=+@\\t\\r])', '\\'\\\\1'), '[\\r\\n]', ' ')`,
  time: same,
  async read(store, { sql, params, settings }) {
    const answer = await store.bytes(`${sql}\nFORMAT CustomSeparatedWithNames`, params, {
      ...settings,
      ...AS_CSV,
    });
    const lines = new CompleteLines(MARK);
    return { body: through(answer, lines), rows: () => Math.max(0, lines.lines - 1) };
  },
};

const parquet: FileFormat = {
  text: same,
  // A plain DateTime would be a number there.
  time: (sql) => `toDateTime64(${sql}, 3, 'UTC')`,
  async read(store, { sql, params, settings }) {
    const answer = await store.bytes(`${sql}\nFORMAT Parquet`, params, settings);
    const complete = new CompleteParquet();
    return { body: through(answer, complete), rows: () => complete.rows };
  },
};

/** CSV with a line of names and moments in ISO 8601, and Parquet; moments of both are UTC. */
export const FILE_FORMATS = { csv, parquet } as const satisfies Record<string, FileFormat>;
