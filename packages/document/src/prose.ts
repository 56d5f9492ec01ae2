import type { Cited } from './cited/cited.ts';

/** What something is called: a code, a party, a version, a day that was asked for. No amount. */
export interface Name {
  readonly name: string;
}

/** Text whose every number carries its query. */
export interface Prose {
  readonly parts: readonly (string | Name | Cited)[];
}

export const name = (text: string): Name => ({ name: text });

/** Expressions of the field that have digits of their own. */
export const TERMS = {
  /** Of every interval that the questions give. */
  interval: name('95% interval'),
  request: name('Service Request 6.22'),
} as const;

/**
 * Text of its own and what is filled in: values with their queries, names, other text.
 * @throws where the text itself has a digit: a number without a query can't be written
 */
export function say(texts: TemplateStringsArray, ...filled: readonly (Cited | Name | Prose)[]): Prose {
  const digit = texts.find((text) => /\d/.test(text));
  if (digit !== undefined) throw new Error(`a number without a query: ${digit}`);
  return {
    parts: texts.flatMap((text, i) => {
      const one = filled[i];
      return [
        ...(text === '' ? [] : [text]),
        ...(one === undefined ? [] : 'parts' in one ? one.parts : [one]),
      ];
    }),
  };
}

/** One after another, a space between. */
export const sentences = (...all: readonly (Prose | null)[]): Prose => joined(all, say` `);

/** `a, b and c` */
export function listed(all: readonly (Cited | Name | Prose)[]): Prose {
  const [last, ...others] = all.toReversed().map((one) => say`${one}`);
  if (last === undefined) return say``;
  return others.length === 0 ? last : say`${joined(others.toReversed(), say`, `)} and ${last}`;
}

function joined(all: readonly (Prose | null)[], between: Prose): Prose {
  const there = all.filter((one) => one !== null && one.parts.length > 0) as Prose[];
  return { parts: there.flatMap((one, i) => (i === 0 ? one.parts : [...between.parts, ...one.parts])) };
}
