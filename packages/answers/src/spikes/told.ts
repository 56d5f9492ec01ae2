import { z } from 'zod';
import { DIMENSIONS } from './drivers.ts';

const DRIVER = z.strictObject({
  /** `party-kind`: such as `idno`, or the role of those that are of none. */
  dimension: z.enum(DIMENSIONS),
  /** Empty: it has none. */
  value: z.string(),
  /** Alerts above usual. */
  above: z.number(),
  /** Of the whole increase; more than 1 where something else fell. */
  share: z.number(),
  /** Share of its alerts that can be stopped now. */
  stoppable: z.number().min(0).max(1),
});

export const TOLD = z.strictObject({
  /** The greatest excess first. */
  spikes: z.array(
    z.strictObject({
      code: z.string(),
      /** Responsible; null: over all parties, empty: where there is none. */
      party: z.string().nullable(),
      from: z.iso.datetime(),
      /** End of the last hour or day that was above usual: where it is the end of the period it may go on. */
      to: z.iso.datetime(),
      /** In the days or hours above usual, and what was usual in these. */
      alerts: z.int(),
      usual: z.number(),
      above: z.number(),
      /** How many spreads the highest day or hour is above its usual. */
      score: z.number(),
      /** What explains its first week: first who has most of the increase beyond his share of the usual. */
      drivers: z.array(DRIVER),
      reading: z.string(),
    }),
  ),
  /** Hours of the period in which a region's feed was missing. */
  gapHours: z.int(),
});

export type Told = z.output<typeof TOLD>;
