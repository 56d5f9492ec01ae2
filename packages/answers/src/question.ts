import type { Store } from '@tocsin/clickhouse';
import type { z } from 'zod';

/** Whose devices an answer may be of: of one party, or of all (null). */
export interface Scope {
  readonly party: string | null;
}

/** The network as a whole, which only those may see who see every party's devices. */
export const ALL: Scope = { party: null };

/** Whoever asks may not know this. */
export class NotYours extends Error {
  override readonly name = 'NotYours';
}

/** Whoever asks named something that there is not, or that they may not know of: to them it is the same. */
export class Unknown extends Error {
  override readonly name = 'Unknown';
  readonly field: string;
  readonly value: string;
  readonly expected: string;

  constructor(field: string, value: string, expected: string) {
    super(`${field} ${value}: ${expected}`);
    this.field = field;
    this.value = value;
    this.expected = expected;
  }
}

/**
 * A question that the stream answers, in one way for the command line, the API and the documents made of them. All that
 * is asked comes as text, by name, and is checked by `asked`; what is told is plain JSON, held to `told`.
 */
export interface Question<Asked extends z.ZodObject = z.ZodObject, Told extends z.ZodType = z.ZodType> {
  /** As it stands in an address and after `tocsin report`, such as `migration-gate`. */
  readonly name: string;
  /** One line: what is answered. */
  readonly summary: string;
  /** `network`: only for those who see all; `devices`: a party may ask it of its own devices. */
  readonly of: 'network' | 'devices';
  /** Options of a command that can be run on the scenario, for its help. */
  readonly example: string;
  readonly asked: Asked;
  readonly told: Told;
  /** The list of what is told that is long: it is turned over by pages, and has the rows of a table. */
  readonly list: string;
  answer(store: Store, asked: z.output<Asked>, scope: Scope): Promise<z.output<Told>>;
  /** For a person at a terminal: ends with a newline. */
  show(told: z.output<Told>): string;
}

/** Infers the types of what is asked and told, and keeps a party from what is the network's. */
export function question<Asked extends z.ZodObject, Told extends z.ZodType>(
  declared: Question<Asked, Told>,
): Question<Asked, Told> {
  return {
    ...declared,
    asked: inOrder(declared.asked),
    async answer(store, asked, scope) {
      // Views take the empty text for all.
      if (scope.party === '') throw new NotYours('expected the id of a party: there is none');
      if (declared.of === 'network' && scope.party !== null)
        throw new NotYours(
          `${declared.name} is of the whole network: no party may ask it of its own devices`,
        );
      return declared.answer(store, asked, scope);
    },
  };
}

/** A period that is asked for has a beginning before its end. */
export function inOrder<Asked extends z.ZodObject>(asked: Asked): Asked {
  return asked.superRefine((value, { addIssue }) => {
    const { from, to, before } = value as { from?: number; to?: number; before?: number };
    if (from === undefined) return;
    if (to !== undefined && from >= to)
      addIssue({ code: 'custom', path: ['to'], message: 'expected a moment after that of from' });
    // Without an end it goes on until now.
    if (to === undefined && 'to' in asked.shape && from >= Date.now())
      addIssue({ code: 'custom', path: ['from'], message: 'expected a moment that is over' });
    if (before !== undefined && before >= from)
      addIssue({ code: 'custom', path: ['before'], message: 'expected a moment before that of from' });
  });
}
