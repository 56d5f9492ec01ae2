import { z } from 'zod';

const SHARE = z.number().min(0).max(1);

export const TOLD = z.strictObject({
  /** Every pair of codes that was raised, the one with most cycles first. */
  pairs: z.array(
    z.strictObject({
      raised: z.string(),
      cleared: z.string(),
      devices: z.int(),
      raises: z.int(),
      clears: z.int(),
      cycles: z.int(),
      /** Cycles of the worst 10, 100 and 1,000 devices; null without a cycle. */
      worst: z.array(z.strictObject({ devices: z.int(), cycles: z.int(), share: SHARE.nullable() })),
    }),
  ),
  /** Of the pair that was asked for; empty where it was never raised. */
  raised: z.string(),
  cleared: z.string(),
  /** Since when `inOrder` was looked at message by message. */
  orderFrom: z.iso.datetime(),
  /** The worst hundred of that pair. */
  devices: z.array(
    z.strictObject({
      device: z.string(),
      kind: z.string(),
      model: z.string(),
      region: z.string(),
      /** Empty where it has none, or whoever asks may not know it. */
      supplier: z.string(),
      raises: z.int(),
      clears: z.int(),
      cycles: z.int(),
      /** UTC days on which it was raised. */
      days: z.int(),
      /** Null where no single messages are there, or are kept no longer. */
      inOrder: z
        .strictObject({
          /** Raises whose next message is the clear; one message may stand for several alerts. */
          cycles: z.int(),
          /** Median from raise to clear; null without a cycle. */
          minutes: z.number().nullable(),
          /** Raises within ten minutes of the clear before. */
          again: z.int(),
          suppression: z.string(),
          remedy: z.string(),
          /** Empty where there is none, or whoever asks may not know it. */
          responsibleParty: z.string(),
        })
        .nullable(),
    }),
  ),
});

export type Told = z.output<typeof TOLD>;
