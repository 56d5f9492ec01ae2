import { z } from 'zod';
import { ALERT, ARRIVAL, SHAPE, STRANGERS } from './schema-alerts.ts';
import {
  ascending,
  code,
  count,
  day,
  days,
  eui64,
  id,
  inOrder,
  positive,
  region,
  share,
  spans,
  version,
  whole,
  word,
} from './schema-fields.ts';

const PARTS = 'expected shares that come to 1';
const AT_MOST = 'expected shares that come to 1 at most';
/** A home has the index of each in a byte, of which one stands for none. */
const MANY = 254;
const model = { manufacturer: word, model: word, share, firmware: version };
const hubModel = z.strictObject({ ...model, release: z.enum(['1', '2']), regions: z.array(region).min(1) });
const meters = z.array(z.strictObject(model)).min(1).max(MANY).refine(whole, PARTS);

const PARTIES = z.strictObject({
  suppliers: z
    .array(z.strictObject({ id, share, import: eui64, gas: eui64, 'gas-user': z.boolean().default(true) }))
    .min(2)
    .max(MANY)
    .refine(whole, PARTS),
  operators: z
    .array(z.strictObject({ id, share, eui64, user: z.boolean() }))
    .min(2)
    .max(MANY)
    .refine(whole, PARTS),
  transporters: z.array(z.strictObject({ id, share, eui64 })).min(1).max(MANY).refine(whole, PARTS),
  csps: z.array(z.strictObject({ id, region, eui64 })).length(3, 'expected one of each region'),
});

/** A scenario has no more: their indexes are parts of numbers. */
export const MOST_FIRMWARE = 16;

const wave = z
  .strictObject({ from: day, to: day, share: share.optional(), devices: count.optional() })
  .refine(...inOrder)
  .refine(
    (one) => (one.share === undefined) !== (one.devices === undefined),
    'expected `share` or `devices`',
  );

const FIRMWARE = z.strictObject({
  id,
  kind: z.enum(['CHF', 'ESME']),
  model: word,
  regions: z.array(region).default([]),
  version,
  codes: z.array(code).min(1),
  /** Share of the codes' alerts that it ends. */
  effect: share,
  acting: z.enum(['csp', 'supplier']),
  states: z
    .array(
      z.strictObject({
        from: day,
        state: z.enum(['pilot', 'on-hold', 'released', 'withdrawn']),
        reason: word.optional(),
      }),
    )
    .min(1)
    .refine(...ascending),
  fails: z.array(z.strictObject({ share, reason: word })).default([]),
  /** Why devices on an unstable network fail; left out where they don't. */
  'unstable-fails': word.optional(),
  deaf: share.default(0),
  /** None: nobody took it. */
  waves: z.array(wave),
});

/** What the truth is asked for. A rollout or pilot that is left out never was; of the others nothing is said then. */
const FIGURES = z.strictObject({
  'unauthorised-access': z.strictObject({ firmware: id, days: count }).optional(),
  pilot: z.strictObject({ firmware: id, hold: day, days: count }).optional(),
  installations: z.strictObject({ code, before: days, after: days }).optional(),
  'power-factor': z.strictObject({ codes: z.array(code), window: days }).optional(),
  credentials: z.strictObject({ window: days }).optional(),
  'highest-days': count,
  'stoppable-now': count,
});

/** A scenario file. Days are London's; `first`, `last`, `from` and `to` of days are included. */
export const SCENARIO = z.strictObject({
  version: z.literal(1, { error: 'expected 1' }),
  name: id,
  calendar: days,
  hubs: count.max(5_000_000, 'expected at most 5,000,000'),
  gas: share,
  regions: z
    .strictObject({ North: share, Central: share, South: share })
    .refine((regions) => whole(Object.values(regions).map((share) => ({ share }))), PARTS),
  smets1: z.strictObject({ share, cohorts: z.array(word).min(1) }),
  models: z.strictObject({ hub: z.array(hubModel).min(1).max(MANY), ESME: meters, GSME: meters }),
  'unstable-han': z.array(z.strictObject({ kind: z.enum(['ESME']), models: z.array(word).min(1), share })),
  parties: PARTIES,
  'wrong-credentials': z
    .strictObject({ another: share, missing: share })
    .refine(({ another, missing }) => another + missing <= 1, AT_MOST),
  'supplier-changes': z.strictObject({ share, from: day, to: day }).refine(...inOrder),
  installations: z.strictObject({
    'a-day': positive,
    level: z
      .array(z.strictObject({ from: day, level: z.number().min(0) }))
      .min(1)
      .refine(...ascending),
    weekdays: z.array(positive).length(7, 'expected seven numbers, Monday first'),
  }),
  firmware: z.array(FIRMWARE).max(MOST_FIRMWARE),
  efforts: z.array(
    z
      .strictObject({
        code,
        role: z.literal('supplier'),
        models: z.array(word).min(1),
        share,
        from: day,
        to: day,
      })
      .refine(...inOrder),
  ),
  suppressed: z
    .array(z.strictObject({ kind: z.literal('ESME'), codes: z.array(code).min(1), share, breaking: share }))
    .refine((parts) => parts.reduce((sum, part) => sum + part.share, 0) <= 1, AT_MOST),
  shapes: z.record(z.string(), SHAPE),
  alerts: z.array(ALERT).min(1),
  strangers: STRANGERS,
  arrival: ARRIVAL,
  populations: z.array(
    z.strictObject({ id, hubs: count, models: z.array(word).min(1), first: day, last: day }).refine(...spans),
  ),
  figures: FIGURES,
});

export type Scenario = z.output<typeof SCENARIO>;
export type Firmware = z.output<typeof FIRMWARE>;
