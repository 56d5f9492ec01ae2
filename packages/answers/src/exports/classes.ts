import { z } from 'zod';
import { NotYours, type Scope } from '../question.ts';

/** How far an export may go, the narrowest first; CLASSES.md says what each has in it. */
export const CLASSES = ['red', 'amber', 'green', 'white'] as const;
export type Class = (typeof CLASSES)[number];

export const CLASS = z
  .enum(CLASSES, { error: `expected one of ${CLASSES.join(', ')}` })
  .describe('how far it may go: red has devices, amber parties, green roles, white the nation alone');

/** Whether it tells of groups of ten devices or more only, and of no party by name. */
export const isProtected = (of: Class): boolean => of === 'green' || of === 'white';

/**
 * What is the nation's is made by those alone who see it; all else anybody may make of what they see.
 * @throws NotYours
 */
export function mayMake(of: Class, { party }: Scope): void {
  if (of === 'white' && party !== null)
    throw new NotYours(`white is of the whole nation: expected red, amber or green of one's own devices`);
}
