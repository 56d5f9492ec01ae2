import { PROBLEM, PROBLEM_TYPE } from '../problem.ts';

/** Schemas of what may go wrong. */
export const problems = (...statuses: readonly number[]) =>
  Object.fromEntries(
    statuses.map((status) => [
      status,
      { description: 'what is wrong', content: { [PROBLEM_TYPE]: { schema: PROBLEM } } },
    ]),
  );
