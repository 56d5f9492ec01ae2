import type { Store } from '../client.ts';

/** The offsets of one partition that the proof is about: those of the ledger when it began. */
export interface PartitionEnd {
  stream: string;
  partition: number;
  first: number;
  last: number;
}

/** `first` and `last` offset of each partition in a table with positions, or of its blocks. */
export function readExtents(store: Store, table: 'alerts' | 'blocks'): Promise<PartitionEnd[]> {
  const [first, last] = table === 'blocks' ? ['first_offset', 'last_offset'] : ['offset', 'offset'];
  return store.rows<PartitionEnd>(
    `SELECT stream, partition, min(${first}) AS first, max(${last}) AS last
     FROM ${table} GROUP BY stream, partition ORDER BY stream, partition`,
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
