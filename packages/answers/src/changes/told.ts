import { z } from 'zod';

/** Alerts a day; null where no hour was heard, or the period is too short. */
const RATE = z.number().min(0).nullable();

const CHANGE = {
  /** In hours that were heard of the period, and of that before. */
  alerts: z.int(),
  alertsBefore: z.int(),
  aDay: RATE,
  aDayBefore: RATE,
  /** `aDay` less `aDayBefore`: negative where there are fewer. */
  change: z.number().nullable(),
  /** `change` of `aDayBefore`; null where there were none. */
  share: z.number().nullable(),
  /** A day of the first week of the period before, and of the last of the period: the ends of a path. */
  began: RATE,
  ended: RATE,
  /** `ended` less `began`. */
  path: z.number().nullable(),
};

export const TOLD = z.strictObject({
  /** Beginning of the period before, which ends where the period begins. */
  before: z.iso.datetime(),
  all: z.strictObject(CHANGE),
  /** The greatest change first, up or down. */
  codes: z.array(
    z.strictObject({
      code: z.string(),
      /** In plain words, or the catalogue's; empty where there are none. */
      meaning: z.string(),
      safety: z.boolean(),
      ...CHANGE,
    }),
  ),
  /** Devices installed on London's days of both periods. */
  installed: z.strictObject({
    aDay: z.number(),
    aDayBefore: z.number(),
    /** `aDay` of `aDayBefore`; null of none. */
    share: z.number().nullable(),
  }),
});

export type Told = z.output<typeof TOLD>;
export type Change = Told['all'];
