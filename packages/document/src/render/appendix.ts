import { commandOf } from '../cited/cited.ts';
import { jqOf } from '../cited/path.ts';
import type { Numbered } from '../document.ts';

/** A question of the document with the values that its answer gave. */
export interface Asked {
  readonly command: string;
  readonly values: readonly { readonly id: string; readonly jq: string; readonly value: string }[];
}

/** Each question that a number came from, in the order of the text. */
export function appendixOf(numbers: readonly Numbered[]): Asked[] {
  const byCommand = new Map<string, Numbered[]>();
  for (const one of numbers) {
    const command = commandOf(one.query);
    byCommand.set(command, [...(byCommand.get(command) ?? []), one]);
  }
  return [...byCommand].map(([command, of]) => ({
    command,
    values: of.map(({ id, query, value }) => ({ id, jq: jqOf(query.path), value: JSON.stringify(value) })),
  }));
}
