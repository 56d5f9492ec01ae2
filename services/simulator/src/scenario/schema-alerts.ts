import { GBCS_BODIES } from '@tocsin/domain';
import { z } from 'zod';
import { ascending, code, count, day, hour, kind, positive, region, share, word } from './schema-fields.ts';

const SOMETHING = 'expected one number at least above 0';
const some = (numbers: readonly number[]) => numbers.some((one) => one > 0);

/** Hours of a day (24, or 1 for all alike) and days of a week from Monday on; only proportions count. */
export const SHAPE = z.strictObject({
  day: z
    .array(z.number().min(0))
    .refine(some, SOMETHING)
    .refine(
      ({ length }) => length === 1 || length === 24,
      'expected 24 numbers, one an hour, or a single one',
    ),
  week: z
    .array(z.number().min(0))
    .length(7, 'expected seven numbers, Monday first')
    .refine(some, SOMETHING)
    .default([1, 1, 1, 1, 1, 1, 1]),
});

const group = z.strictObject({
  /** Of the device's own kind; all where left out. */
  models: z.array(word).optional(),
  operators: z.array(word).optional(),
  /** Only homes with a gas meter. */
  gas: z.literal(true).optional(),
  /** Alerts of a device on a day, the mean over the group. */
  rate: positive,
  noisy: z
    .array(z.strictObject({ share, makes: share }))
    .default([])
    .refine(
      (parts) =>
        parts.reduce((sum, part) => sum + part.share, 0) < 1 &&
        parts.reduce((sum, part) => sum + part.makes, 0) < 1,
      'expected shares that leave something to the others',
    ),
  /** Factor on the rate, a straight line between two. */
  trend: z
    .array(z.strictObject({ at: day, level: z.number().min(0) }))
    .refine((points) => ascending[0](points.map(({ at }) => ({ from: at }))), ascending[1])
    .default([]),
});
export type Group = z.output<typeof group>;

const VERDICTS = [
  'always-on/code',
  'always-on/device-kind',
  'protected/safety',
  'unknown/unknown-code',
  'party',
] as const;

export const ALERT = z
  .strictObject({
    code,
    from: kind,
    to: z.enum(['csp', 'supplier', 'operator', 'transporter']),
    verdict: z.enum(VERDICTS),
    shape: z.string().default('flat'),
    throttled: z.number().min(1, 'expected 1 or more').default(1),
    gbcs: z
      .strictObject({ 'message-code': z.int().min(1).max(0xffff), body: z.enum(GBCS_BODIES) })
      .optional(),
    clears: z.strictObject({ code, after: positive }).optional(),
    /** How much of the rate goes with the level of installations. */
    installations: share.default(0),
    groups: z.array(group).min(1).optional(),
    every: z.int().min(1).max(24).optional(),
    installs: count.optional(),
  })
  .refine(
    ({ groups, every, installs }) =>
      [groups, every, installs].filter((one) => one !== undefined).length === 1,
    'expected one of `groups`, `every` and `installs`',
  );
export type AlertProcess = z.output<typeof ALERT>;

export const STRANGERS = z.strictObject({ devices: count, code, rate: positive });

const hours = z.tuple([positive, positive]).refine(([from, to]) => from <= to, 'expected the lesser first');

export const ARRIVAL = z.strictObject({
  delay: positive,
  late: z.strictObject({ share, hours }),
  held: z.strictObject({ share, hours }),
  'wrong-clocks': z.strictObject({ share, days: hours }),
  // What has no GBCS form goes out as one of the other two.
  encodings: z
    .strictObject({ json: z.number().min(0), duis: z.number().min(0), gbcs: z.number().min(0) })
    .refine(({ json, duis }) => json + duis > 0, 'expected `json` or `duis` above 0'),
  duplicates: share,
  broken: share,
  gaps: z.array(
    z
      .strictObject({ region, from: hour, to: hour })
      .refine(({ from, to }) => from < to, 'expected `from` before `to`'),
  ),
  'late-inventory': z.strictObject({ share, hours }),
});
