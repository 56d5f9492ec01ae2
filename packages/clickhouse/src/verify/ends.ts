import type { Store } from '../client.ts';
import type { Books } from './books.ts';

/** The offsets of one partition that the proof is about: those of the ledger when it began. */
export interface PartitionEnd {
  stream: string;
  partition: number;
  first: number;
  last: number;
}

/** First and last offset of each partition that has rows. */
export function readRowExtents(store: Store, { rows, own }: Books): Promise<PartitionEnd[]> {
  return store.rows<PartitionEnd>(
    `SELECT stream, partition, min(offset) AS first, max(offset) AS last
     FROM ${rows} WHERE ${own} GROUP BY stream, partition ORDER BY stream, partition`,
  );
}

/** First and last offset of each partition that has blocks. */
export function readLedgerExtents(store: Store, { ledger }: Books): Promise<PartitionEnd[]> {
  return store.rows<PartitionEnd>(
    `SELECT stream, partition, min(first_offset) AS first, max(last_offset) AS last
     FROM ${ledger} GROUP BY stream, partition ORDER BY stream, partition`,
  );
}

/** The ends as a table (stream, partition, upto): part of the query's text, for a request's address is too short. */
export function endsTable(ends: readonly PartitionEnd[]): string {
  const rows = ends.map(({ stream, partition, last }) => `(${quote(stream)}, ${partition}, ${last})`);
  return `(SELECT * FROM values('stream LowCardinality(String), partition UInt16, upto UInt64', ${rows.join(', ')}))`;
}

function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
