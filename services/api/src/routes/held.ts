import type { z } from 'zod';
import { BadRequest } from '../problem.ts';

/**
 * What was given, as a schema reads it.
 * @throws BadRequest with every fault
 */
export function held<S extends z.ZodObject>(schema: S, given: Record<string, unknown>): z.output<S> {
  const read = schema.safeParse(given);
  if (read.success) return read.data;
  throw new BadRequest(
    read.error.issues.flatMap((issue) => {
      const fields = issue.code === 'unrecognized_keys' ? issue.keys : [String(issue.path[0] ?? '')];
      return fields.map((field) => ({
        field,
        value: given[field] === undefined ? '' : cut(String(given[field])),
        expected: expectedOf(issue, given[field], nearest(field, Object.keys(schema.shape))),
      }));
    }),
  );
}

function expectedOf(issue: z.core.$ZodIssue, value: unknown, meant: string | undefined): string {
  if (issue.code === 'unrecognized_keys')
    return `expected no field of that name${meant === undefined ? '' : `, but ${meant}`}`;
  if (Array.isArray(value)) return `expected it once: it is given ${value.length} times`;
  return issue.message;
}

/** `networkOperator` for `network-operator`, by which volumes are told apart. */
const nearest = (field: string, names: readonly string[]) =>
  names.find((name) => name.toLowerCase() === field.replaceAll(/[-_]/g, '').toLowerCase());

const LONGEST = 200;
/** What is long is known by its beginning. */
const cut = (value: string) => (value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value);
