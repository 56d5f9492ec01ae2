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
        value: given[field] === undefined ? '' : String(given[field]),
        expected: issue.code === 'unrecognized_keys' ? 'expected no field of that name' : issue.message,
      }));
    }),
  );
}
