import { z } from 'zod';

const SHARE = z.number().min(0).max(1);
const AMOUNT = { alerts: z.int(), aDay: z.number().min(0) };
/** Of all alerts that it is a part of; null of none. */
const PART = z.strictObject({ ...AMOUNT, share: SHARE.nullable() });

const VERDICTS = {
  ...AMOUNT,
  /** The responsible party can switch it off, or a released firmware ends it. */
  stoppable: PART,
  /** It could be switched off, but not by whoever is responsible: what the minutes call unstoppable. A firmware may end it. */
  unstoppable: PART,
};

const PARTY = {
  /** Empty: there is none. */
  party: z.string(),
  name: z.string(),
  /** `dno` or `idno` of networks, else the role; empty where the registry tells none. */
  role: z.string(),
};
const LEVER = z.enum(['service-request', 'firmware']);

export const TOLD = z.strictObject({
  all: z.strictObject(VERDICTS),
  /** The most alerts first. */
  codes: z.array(z.strictObject({ code: z.string(), meaning: z.string(), safety: z.boolean(), ...VERDICTS })),
  /** What can be stopped: by which lever and role, and by which party, the most first. */
  levers: z.array(z.strictObject({ lever: LEVER, role: z.string(), ...AMOUNT })),
  parties: z.array(z.strictObject({ ...PARTY, lever: LEVER, codes: z.array(z.string()), ...AMOUNT })),
  /** What can't, and why: `share` is of all alerts. */
  reasons: z.array(
    z.strictObject({
      suppression: z.string(),
      reason: z.string(),
      codes: z.array(z.string()),
      ...PART.shape,
    }),
  ),
  /** Whose alerts are unstoppable: `share` is of all that are. */
  responsible: z.array(z.strictObject({ ...PARTY, reason: z.string(), ...PART.shape })),
});

export type Told = z.output<typeof TOLD>;
