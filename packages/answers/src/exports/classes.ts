import { dayOf, startOf } from '@tocsin/domain';
import { z } from 'zod';
import { NotYours, type Scope } from '../question.ts';

/** How far an export may go, the narrowest first; CLASSES.md has the rule. */
export const CLASSES = ['red', 'amber', 'green', 'white'] as const;
export type Class = (typeof CLASSES)[number];

export const CLASS = z
  .enum(CLASSES, { error: `expected one of ${CLASSES.join(', ')}` })
  .describe('how far it may go: red has devices, amber parties, green roles, white the nation alone');

/** Whether it tells of groups of ten devices or more only, and of no party by name. */
export const isProtected = (of: Class): of is 'green' | 'white' => of === 'green' || of === 'white';

/** What is protected is so day by day: between two periods there is never less than a day of which groups were made. */
export function wholeDays(
  asked: { readonly class: Class; readonly from: number; readonly to: number },
  { addIssue }: Pick<z.RefinementCtx, 'addIssue'>,
): void {
  if (!isProtected(asked.class)) return;
  for (const field of ['from', 'to'] as const)
    if (startOf(dayOf(asked[field])) !== asked[field])
      addIssue({
        code: 'custom',
        path: [field],
        message: `expected a day in London such as 2020-07-07, as the class is ${asked.class}`,
      });
}

/**
 * What is the nation's is made by those alone who see it; all else anybody may make of what they see.
 * @throws NotYours
 */
export function mayMake(of: Class, { party }: Scope): void {
  // Views take the empty text for all.
  if (party === '') throw new NotYours('expected the id of a party: there is none');
  if (of === 'white' && party !== null)
    throw new NotYours(`white is of the whole nation: expected red, amber or green of one's own devices`);
}
