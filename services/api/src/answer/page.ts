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
 * A page of a list. A cursor holds for the same question alone; rows of a period that is not over may move between pages.
 * @param question all that was asked, as text
 * @throws BadRequest where the cursor is of another
 */
export function pageOf(
  list: readonly unknown[],
  question: string,
  { pageSize, cursor }: { pageSize: number; cursor?: string | undefined },
): Page {
  const digest = createHash('sha256').update(question).digest('base64url').slice(0, 16);
  const begin = cursor === undefined ? 0 : beginOf(cursor, digest);
  const end = begin + pageSize;
  return { rows: list.slice(begin, end), next: end < list.length ? `${end}.${digest}` : null };
}

function beginOf(cursor: string, digest: string): number {
  const [begin = '', of] = cursor.split('.');
  if (!/^\d{1,9}$/.test(begin) || of !== digest)
    throw new BadRequest([
      { field: 'cursor', value: cursor, expected: 'expected one that a page of this same question gave' },
    ]);
  return Number(begin);
}
