import type { Store } from '../client.ts';

/** A row of the view `data_version`: a part of the store, which one of it, and how far it has come. */
export interface DataVersionRow {
  readonly part: string;
  readonly name: string;
  readonly value: string;
}
/** Every row of the view `data_version` at one moment; `readSince` tells what came after it. */
export type DataVersion = readonly DataVersionRow[];

/** What answers are made of now. */
export const readDataVersion = (store: Store): Promise<DataVersion> =>
  store.rows<DataVersionRow>('SELECT part, name, value FROM data_version');

/** How far a part had come that there is one of; null where there was none. */
export const reached = (version: DataVersion, part: string): string | null =>
  version.find((row) => row.part === part)?.value ?? null;

/** The last offset of each `stream/partition` of a ledger. */
export const positionsOf = (
  version: DataVersion,
  part: 'alerts' | 'inventory',
): { names: string[]; offsets: number[] } => {
  const rows = version.filter((row) => row.part === part);
  return { names: rows.map(({ name }) => name), offsets: rows.map(({ value }) => Number(value)) };
};
