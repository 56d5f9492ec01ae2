import { z } from 'zod';

const SHARE = z.number().min(0).max(1);

const COUNT = {
  stable: z.int(),
  unstable: z.int(),
  /** Nobody tried anything that would have told. */
  unknown: z.int(),
  /** Unstable ones of stable and unstable, with Wilson's 95% interval; null of none. */
  share: z.strictObject({ value: SHARE, low: SHARE, high: SHARE }).nullable(),
  /** Why they are unstable; one may be so for several reasons. */
  blocked: z.int(),
  reported: z.int(),
  silent: z.int(),
  rejoining: z.int(),
};

export const TOLD = z.strictObject({
  all: z.strictObject(COUNT),
  /** `model`: the hub's; `meter`: the electricity meter's model. Of each dimension the most unstable first. */
  by: z.array(
    z.strictObject({
      dimension: z.enum(['region', 'model', 'meter', 'supplier']),
      /** Empty where there is none, or whoever asks may not know it. */
      value: z.string(),
      ...COUNT,
    }),
  ),
  /** What users need that this stream can't tell. */
  notMeasured: z.array(z.string()),
});

export type Told = z.output<typeof TOLD>;
