/** A ledger, and the rows that it accounts for. */
export interface Books {
  readonly ledger: 'blocks' | 'inventory_blocks';
  readonly rows: 'alerts' | 'device_history';
  /** The rows' time. */
  readonly time: string;
  /** SQL: the ledger's `hour` of a row. */
  readonly hour: string;
  /** SQL function of the rows looked at together: by day where the table is partitioned so. */
  readonly span: 'toDate' | 'toStartOfMonth';
  /** SQL: which rows of the table are this ledger's. */
  readonly own: string;
  /** SQL: which spans (`span`) still have all of their rows. */
  readonly whole: string;
}

/** Days that are sealed have no raw rows, or will soon have none. */
export const ALERTS: Books = {
  ledger: 'blocks',
  rows: 'alerts',
  time: 'received_at',
  hour: 'toStartOfHour(received_at)',
  span: 'toDate',
  own: 'true',
  whole: 'span NOT IN (SELECT toDate(bucket) FROM sealed_versions)',
};

/** What alerts tell of firmware stands in the same table, under the positions of `alerts`. */
export const INVENTORY: Books = {
  ledger: 'inventory_blocks',
  rows: 'device_history',
  time: 'effective_at',
  hour: "toDateTime(toStartOfMonth(effective_at), 'UTC')",
  span: 'toStartOfMonth',
  own: "source = 'inventory'",
  whole: 'true',
};
