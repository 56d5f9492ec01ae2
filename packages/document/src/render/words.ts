import { london } from '@tocsin/answers';
import type { Document } from '../document.ts';

/** What a document was made of: when (ISO 8601), and the data version then. */
export interface Made {
  readonly at: string;
  readonly of: readonly { readonly part: string; readonly name: string; readonly value: string }[];
}

export const APPENDIX = {
  title: 'Where each number comes from',
  about:
    'A number of the text links to its line here. The command asks the question, jq takes the value out of its answer; both need CLICKHOUSE_URL, and give what the store has by then.',
  made: 'What it was made of',
} as const;

export const periodOf = ({ from, to }: Pick<Document, 'from' | 'to'>): string =>
  `From ${from} to ${to}, the end not included; days and times are London’s (Europe/London), alerts count when the network received them.`;

/** Rows of: part of the store, which one of it, how far. */
export const madeRows = ({ at, of }: Made): string[][] => [
  ['the moment', 'Europe/London', london(at)],
  ...of.map(({ part, name, value }) => [part, name || '–', value]),
];
