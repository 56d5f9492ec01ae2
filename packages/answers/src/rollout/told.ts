import { z } from 'zod';

/** A value with the bounds of its 95% interval. */
const INTERVAL = z.strictObject({ value: z.number(), low: z.number(), high: z.number() });

const MOMENT = z.iso.datetime();

/** One code's effect. Figures are null where `refused` says why there are none. */
const EFFECT = z.strictObject({
  code: z.string(),
  /** `device`: what the activated devices raise; `han`: what everything on their HANs raises, themselves included. */
  scope: z.enum(['device', 'han']),
  /** Alerts per device (or HAN) and day that the activation adds; negative where it ends some. */
  estimate: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  /** Alerts per activated device (or HAN) and day in the 14 days before, of those that are compared. */
  before: z.number().nullable(),
  se: z.number().nullable(),
  p: z.number().nullable(),
  /** Of side effects: after the correction for many tests. */
  pAdjusted: z.number().nullable(),
  /** Alerts a day that all activated devices no longer raise. */
  avoidedPerDay: INTERVAL.nullable(),
  /** Devices, and the hubs on whose HANs they are, that the estimate rests on. */
  activated: z.int(),
  hubs: z.int(),
  controls: z.int(),
  controlHubs: z.int(),
  /** The activated alone: what a reader would see without controls. */
  beforeAfter: INTERVAL.nullable(),
  /** The same estimate where nothing can have happened yet: days −14 to −1 against −28 to −15. */
  placebo: INTERVAL.nullable(),
  /** Without the devices that fell silent; null where none did. */
  withoutSilent: INTERVAL.nullable(),
  /** Why the estimate isn't to be taken for what it seems. */
  warning: z.string().nullable(),
  refused: z.string().nullable(),
});

/** What is told of any treatment: of a rollout, and of the switching off of a code. */
export const JUDGED = z.strictObject({
  /** By UTC day, from the first activation to the last: devices activated so far, of the model's devices then. */
  adoption: z.array(z.strictObject({ day: z.iso.date(), activated: z.int(), devices: z.int() })),
  /** Activated devices whose HAN fell silent of every kind of alert, by `probability` or less if nothing had happened. */
  silent: z.strictObject({ devices: z.int(), probability: z.number() }),
  /** The rollout's own codes first, on the device and on its HAN; then side effects, the surest first. */
  effects: z.array(EFFECT),
  /** All other codes together, as the code `others`: what falls silent takes these along. */
  others: z.array(EFFECT),
  /** Of the rollout's own codes on the device, within a region, a supplier or a model. */
  by: z.array(
    z.strictObject({ dimension: z.enum(['region', 'supplier', 'model']), value: z.string(), effect: EFFECT }),
  ),
});

export const TOLD = z.strictObject({
  rollout: z.string(),
  name: z.string(),
  version: z.string(),
  manufacturer: z.string(),
  model: z.string(),
  /** That holds at the end of the period, such as `released`; empty where the registry gives none yet. */
  state: z.string(),
  states: z.array(z.strictObject({ from: MOMENT, state: z.string(), reason: z.string() })),
  begins: MOMENT.nullable(),
  ends: MOMENT.nullable(),
  pauses: z.array(z.strictObject({ from: MOMENT, to: MOMENT.nullable(), reason: z.string() })),
  ...JUDGED.shape,
  /** Who should do what, or why nothing can be said. */
  reading: z.string(),
});

export type Judged = z.output<typeof JUDGED>;
export type Told = z.output<typeof TOLD>;
export type Effect = z.output<typeof EFFECT>;
