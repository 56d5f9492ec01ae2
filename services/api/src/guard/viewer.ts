import type { Scope } from '@tocsin/answers';
import { z } from 'zod';

/** As whom one may ask: the first two see the whole network unless their token names a party, the others their own party. */
export const ROLES = ['operations', 'analyst', 'supplier', 'network-operator'] as const;
type Role = (typeof ROLES)[number];

/** Whoever asks, and whose devices may be told of. */
export interface Viewer extends Scope {
  readonly subject: string;
  readonly role: Role;
}

/** The same for all that one asker asks: whoever comes in another role, or for another party, is another. */
export const askerOf = ({ subject, role, party }: Viewer): string => JSON.stringify([subject, role, party]);

/** Who asks is not known, or not well enough. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

/** Whoever has a role of a party sees that party's own devices; without one they would be everybody's. */
const BOUND: readonly Role[] = ['supplier', 'network-operator'];

const CLAIMS = z.object({
  sub: z.string().min(1).max(200),
  role: z.enum(ROLES),
  party: z
    .string()
    .regex(/^[\w.-]{1,100}$/)
    .optional(),
});

/**
 * What a token says, once it is proved.
 * @throws Refused
 */
export function viewerOf(claims: unknown): Viewer {
  const read = CLAIMS.safeParse(claims);
  if (!read.success) {
    const names = [...new Set(read.error.issues.map(({ path }) => String(path[0])))].join(', ');
    throw new Refused(
      `the token's ${names}: expected a subject, one of ${ROLES.join(', ')}, and a party's id`,
    );
  }
  const { sub: subject, role, party } = read.data;
  if (party === undefined && BOUND.includes(role))
    throw new Refused(`the token has no party: expected one with the role ${role}`);
  return { subject, role, party: party ?? null };
}
