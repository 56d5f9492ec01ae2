import type { Values } from './mapping.ts';

/** What is wrong with a field of a row. */
export interface Fault {
  readonly field: string;
  readonly value: string;
  readonly expected: string;
}

/** A row as a record of its topic, or why it can't be one. */
export type Read = { readonly key: string; readonly value: Buffer } | { readonly faults: readonly Fault[] };

/** How rows of one kind are read. */
export interface RowReader {
  /** All that a row can say. */
  readonly fields: readonly string[];
  /** What every row must say. */
  readonly required: readonly string[];
  read(values: Values): Read;
}

/** The fields that say something. */
export function given(values: Values): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
}
