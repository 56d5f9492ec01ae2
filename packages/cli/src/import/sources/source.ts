/** A row: its number (in CSV the line in which it ends, in Parquet counted from 1) and a text for each column. */
export interface Row {
  readonly number: number;
  readonly cells: readonly string[];
}

/** Something that should have been a row. */
export interface BrokenRow {
  readonly number: number;
  readonly broken: string;
}

/** A table that is read once, from its beginning. */
export interface Source {
  readonly columns: readonly string[];
  /** What {@link done} counts up to, and what is counted, in the plural. */
  readonly total: number;
  readonly unit: string;
  done(): number;
  /** @param used places of the columns whose cells are asked for; others may be empty */
  rows(used: readonly number[]): AsyncIterable<Row | BrokenRow>;
}
