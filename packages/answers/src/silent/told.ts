import { z } from 'zod';

const MOMENT = z.iso.datetime();
const SHARE = z.number().min(0).max(1);

/** Silent devices of those whose silence could have been told, with Wilson's 95% interval. */
const RATE = z.strictObject({
  silent: z.int(),
  of: z.int(),
  /** Null of none. */
  share: SHARE.nullable(),
  low: SHARE.nullable(),
  high: SHARE.nullable(),
});

const DEVICE = z.strictObject({
  device: z.string(),
  kind: z.string(),
  /** Of a hub its own id; empty where it has none, or whoever asks may not know it. */
  hub: z.string(),
  activatedAt: MOMENT,
  lastHeardAt: MOMENT,
  /** Of the device, and of all on its HAN where it is a hub, over `daysBefore` days, of codes that no one ended. */
  messagesBefore: z.int(),
  daysBefore: z.number(),
  /** Days since it was last heard, without what the feed missed. */
  daysSilent: z.number(),
  /** Of that silence, if nothing has happened to the device. */
  probability: SHARE,
  region: z.string(),
  /** Of a hub, a supplier on its HAN; empty where whoever asks may not know it. */
  supplier: z.string(),
});

export const TOLD = z.strictObject({
  rollout: z.string(),
  name: z.string(),
  version: z.string(),
  /** Of its lever, as it was at the end, with the reason, such as `on-hold` for `deafness`. */
  state: z.string(),
  reason: z.string(),
  actingParty: z.string(),
  /** Up to when devices were listened to; null where nothing was heard at all. */
  to: MOMENT.nullable(),
  activated: z.int(),
  /** A silence is called so where its probability is not above this. */
  threshold: SHARE,
  /** Of the devices that are called silent, the share that is expected to be so by chance at most. */
  falseShare: SHARE,
  rate: z.strictObject({
    activated: RATE,
    /** Null for a party where others' devices are too few to be told of. */
    control: RATE.nullable(),
    difference: z.strictObject({ value: z.number(), low: z.number(), high: z.number() }).nullable(),
  }),
  /** The longest silent first. */
  devices: z.array(DEVICE),
  /** Who should do what, or what can't be told. */
  reading: z.string(),
});

export type Told = z.output<typeof TOLD>;
