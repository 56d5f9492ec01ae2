import type { EChartsOption } from 'echarts';
import type { Cited } from './cited/cited.ts';
import type { Prose } from './prose.ts';

/** A column's head, with its unit; what is in a column of numbers is lined up on the right. */
export interface Head {
  readonly text: Prose;
  readonly numbers: boolean;
}

export const words = (text: Prose): Head => ({ text, numbers: false });
export const numbers = (text: Prose): Head => ({ text, numbers: true });

/** A plot, and what stands in its place for whoever can not see it. */
export interface Plot {
  /** Name of its file. */
  readonly id: string;
  readonly caption: Prose;
  /** What is seen, for whoever doesn't see it. */
  readonly alternative: Prose;
  /** Commands that give what is drawn. */
  readonly commands: readonly string[];
  readonly option: EChartsOption;
  /** Pixels. */
  readonly height: number;
}

export type Block =
  | { readonly kind: 'heading'; readonly text: Prose }
  | { readonly kind: 'paragraph'; readonly text: Prose; readonly tone?: 'warning' }
  | { readonly kind: 'list'; readonly items: readonly Prose[]; readonly ordered?: boolean }
  | {
      readonly kind: 'table';
      readonly caption: Prose;
      readonly head: readonly Head[];
      readonly rows: readonly (readonly Prose[])[];
    }
  | ({ readonly kind: 'plot' } & Plot);

export interface Section {
  readonly id: string;
  readonly title: string;
  readonly blocks: readonly Block[];
}

/** What is written for a meeting of the Operations Group (`group`: its number), before it becomes HTML or Markdown. */
export interface Document {
  /** By which it is published, such as `opsg-34`. */
  readonly name: string;
  readonly group: string;
  readonly title: string;
  /** As asked for: a moment with its zone, or a day in London. */
  readonly from: string;
  readonly to: string;
  readonly sections: readonly Section[];
}

/** A number of a document, by its place in it: `n1` is the first. */
export interface Numbered extends Cited {
  readonly id: string;
}

/** Every value that is shown, in the order of the text, each query once. */
export function numbersOf({ sections }: Document): Numbered[] {
  const all = sections.flatMap(({ blocks }) => blocks.flatMap(proseOf)).flatMap(({ parts }) => parts);
  const byQuery = new Map<string, Cited>();
  for (const part of all)
    if (typeof part === 'object' && 'query' in part && !byQuery.has(keyOf(part)))
      byQuery.set(keyOf(part), part);
  return [...byQuery.values()].map((one, i) => ({ id: `n${i + 1}`, ...one }));
}

/** Two values of the same key are the same. */
export const keyOf = ({ query }: Cited): string => JSON.stringify(query);

function proseOf(block: Block): readonly Prose[] {
  switch (block.kind) {
    case 'heading':
    case 'paragraph':
      return [block.text];
    case 'list':
      return block.items;
    case 'table':
      return [block.caption, ...block.head.map(({ text }) => text), ...block.rows.flat()];
    case 'plot':
      return [block.caption, block.alternative];
  }
}
