import type { FileFormat, FileQuery, Store } from '@tocsin/clickhouse';
import type { z } from 'zod';
import type { CLASS } from './classes.ts';
import type { Sums } from './sums.ts';

/** What any export is asked for beside its own fields; moments are ms since the epoch. */
type Asked = { readonly class: z.output<typeof CLASS>; readonly from: number; readonly to: number };

/** What can be had whole, as a file of any size: for command line and API. */
export interface Export {
  /** As it stands in an address and after `tocsin export`. */
  readonly name: string;
  /** One line: what is in it. */
  readonly summary: string;
  /** Options of a command that can be run on the scenario, for its help. */
  readonly example: string;
  /** All comes as text, by name; has `class`, `from` and `to`. */
  readonly asked: z.ZodObject;
  /** @throws Unknown where what was asked for can't be told any more */
  check?(store: Store, asked: Asked): Promise<void>;
  /** @param party whose devices alone; empty: all */
  query(asked: Asked, party: string, format: FileFormat): FileQuery;
  /** What of the rows is summed where they are told at a glance. */
  sums(asked: Asked): Sums;
  /** What is asked otherwise for that. */
  readonly summed?: Readonly<Record<string, unknown>>;
}

/** Infers the type of what is asked. */
export function exported<Schema extends z.ZodObject>(
  declared: Omit<Export, 'query' | 'sums'> & {
    readonly asked: Schema;
    query(asked: z.output<Schema> & Asked, party: string, format: FileFormat): FileQuery;
    sums(asked: z.output<Schema> & Asked): Sums;
  },
): Export {
  return declared as Export;
}
