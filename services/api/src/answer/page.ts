import { createHash } from 'node:crypto';
import { z } from 'zod';
import { BadRequest } from '../problem.ts';

const MOST = 10_000;
const SIZE = `expected a whole number from 1 to ${MOST}`;

/** What any list may be asked for beside its own fields. */
export const PAGING = {
  pageSize: z
    .string()
    .regex(/^\d{1,5}$/, { error: SIZE, abort: true })
    .transform(Number)
    .refine((size) => size >= 1 && size <= MOST, { error: SIZE })
    .default(1000)
    .describe(`rows of a page, up to ${MOST}; by default 1000`),
  cursor: z
    .string()
    .max(200)
    .optional()
    .describe('of the next page, as the header Link of the page before has it'),
};

export interface Page {
  readonly rows: readonly unknown[];
  /** Cursor of the next page; null: this is the last. */
  readonly next: string | null;
}

/**
 * A page of a list. A cursor holds for the same question by the same asker alone; rows of a period that is not over may move
 * between pages.
 * @param question all that was asked, and by whom, as text
 * @throws BadRequest where the cursor is of another
 */
export function pageOf(
  list: readonly unknown[],
  question: string,
  { pageSize, cursor }: { pageSize: number; cursor?: string | undefined },
): Page {
  const begin = cursor === undefined ? 0 : beginOf(cursor, question);
  const end = begin + pageSize;
  return { rows: list.slice(begin, end), next: end < list.length ? cursorOf(end, question) : null };
}

function cursorOf(begin: number, question: string): string {
  const digest = createHash('sha256').update(`${begin} ${question}`).digest('base64url').slice(0, 16);
  return `${begin}.${digest}`;
}

function beginOf(cursor: string, question: string): number {
  const begin = Number.parseInt(cursor, 10);
  if (cursor !== cursorOf(begin, question))
    throw new BadRequest([
      { field: 'cursor', value: cursor, expected: 'expected one that a page of this same question gave' },
    ]);
  return begin;
}
