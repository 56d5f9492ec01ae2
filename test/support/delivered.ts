import { expect } from 'vitest';

/** What the store holds of a stream's records. */
export interface Delivered {
  /** Of the ledger's blocks, each once. */
  readonly records: number;
  readonly accepted: number;
  /** Accepted by the ledger's rows of all hours: more than `accepted` where a block has its rows there twice. */
  readonly hourly: number;
  readonly rejected: number;
  readonly duplicates: number;
  readonly rawRows: number;
  readonly rawPositions: number;
  readonly rejectedPositions: number;
}

/** Where a stream is counted, and where its accepted records come to stand. */
export interface Tables {
  readonly ledger: string;
  readonly rows: string;
}

export const ALERTS: Tables = { ledger: 'blocks', rows: 'alerts' };

/** By a query that `verify` knows nothing of. */
export const deliveredIn = ({ ledger, rows }: Tables) => `
  SELECT records, accepted, hourly, rejected, duplicates, rawRows, rawPositions, rejectedPositions
  FROM (
    SELECT sum(r) AS records, sum(a) AS accepted, sum(h) AS hourly, sum(j) AS rejected, sum(d) AS duplicates
    FROM (
      SELECT any(records) AS r, any(accepted) AS a, sum(hour_accepted) AS h, any(rejected) AS j, any(duplicates) AS d
      FROM ${ledger} GROUP BY stream, partition, first_offset
    )
  ) AS ledger,
  (SELECT count() AS rawRows, uniqExact(stream, partition, offset) AS rawPositions FROM ${rows}) AS raw,
  (SELECT uniqExact(stream, partition, offset) AS rejectedPositions FROM rejected) AS dead`;

/** Demands that each of `produced` records is in the ledger once, and each that it has as accepted or rejected in its table. */
export function expectDelivered(counts: Delivered, produced: number): void {
  expect(counts.accepted + counts.rejected + counts.duplicates).toBe(produced);
  expect(counts).toEqual({
    ...counts,
    records: produced,
    rawRows: counts.accepted,
    rawPositions: counts.accepted,
    rejectedPositions: counts.rejected,
  });
}
