import { FILE_FORMATS, type Store } from '@tocsin/clickhouse';
import type { Scope } from '../question.ts';
import { begin, type Facts, type Wanted } from './begin.ts';
import { fileNameOf } from './open.ts';
import { type Summed, type Sums, sum } from './sums.ts';

/** An export at a glance: sums of the very rows that its file has. */
export interface Summary extends Facts {
  /** Of a file of it, `.html`. */
  readonly file: string;
  /** Rows that the whole export has. */
  readonly rows: number;
  /** What is summed: units, and over all rows. */
  readonly counts: readonly string[];
  readonly drawn: Sums['drawn'];
  readonly all: readonly number[];
  readonly tables: readonly Summed[];
}

/**
 * Sums an export's rows by what tells most of them.
 * @throws NotYours, Unknown as `openExport` does
 */
export async function summariseExport(store: Store, wanted: Wanted, scope: Scope): Promise<Summary> {
  const asked = { ...wanted.asked, ...wanted.one.summed };
  // Texts as they are: what a spreadsheet would take for a formula is none in a page.
  const begun = await begin(store, { ...wanted, asked }, scope, FILE_FORMATS.parquet);
  const sums = wanted.one.sums(asked as never);
  const summed = await sum(store, begun.query, sums);
  return {
    ...(await begun.facts()),
    ...{ file: `${fileNameOf(wanted)}.html`, counts: Object.keys(sums.counts) },
    ...{ drawn: sums.drawn, ...summed },
  };
}
