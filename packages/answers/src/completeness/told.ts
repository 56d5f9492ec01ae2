import { z } from 'zod';

const SHARE = z.number().min(0).nullable();

export const TOLD = z.strictObject({
  regions: z.array(
    z.strictObject({
      region: z.string(),
      /** Messages received by those expected, over the hours of which something was expected; null where none was. */
      share: SHARE,
      /** Hours of which something is expected, and those in which the feed was missing. */
      hours: z.int(),
      gapHours: z.int(),
    }),
  ),
  /** By region and responsible party, the one with the least share first; a party is told of its own. */
  parties: z.array(
    z.strictObject({
      region: z.string(),
      /** Empty: nobody is responsible. */
      party: z.string(),
      received: z.int(),
      expected: z.int(),
      share: SHARE,
    }),
  ),
  /** Stretches of hours in which a region's feed was missing: no figure is to be read from them. */
  gaps: z.array(
    z.strictObject({
      region: z.string(),
      from: z.iso.datetime(),
      to: z.iso.datetime(),
      /** Of the messages expected then. */
      share: SHARE,
    }),
  ),
});

export type Told = z.output<typeof TOLD>;
