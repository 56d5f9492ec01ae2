import { z } from 'zod';

export const STATE = z.enum(['go', 'caution', 'stop']);

export const TOLD = z.strictObject({
  /** Stretches of hours, one after another, in which the state was the same; hours without an alert have none. */
  stretches: z.array(
    z.strictObject({
      from: z.iso.datetime(),
      to: z.iso.datetime(),
      state: STATE,
      /** The tightest hour's. */
      reason: z.string(),
      /** Name of the component that was tightest in that hour. */
      tightest: z.string(),
      headroom: z.number(),
    }),
  ),
});

export type Told = z.output<typeof TOLD>;
