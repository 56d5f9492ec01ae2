import { readFileSync } from 'node:fs';
import { addDays } from '@tocsin/domain';
import { z } from 'zod';

const day = z.iso.date();
const days = z
  .strictObject({ first: day, last: day })
  .refine(({ first, last }) => first <= last, 'expected `first` not after `last`');
const codes = z.array(z.string().min(1)).min(1);
const version = z.string().min(1);

/** A figure as the minutes state it: the range of values that its words stand for. */
const minute = z.strictObject({
  measure: z.string(),
  text: z.string(),
  from: z.number().optional(),
  below: z.number().optional(),
  /** Whether it is a volume, to be divided by the scale. */
  scaled: z.boolean().default(false),
});

/** What the report asks: codes, versions and windows. Days are those of Europe/London, `first` and `last` included. */
export const DEFINITION = z.strictObject({
  name: z.string().min(1),
  source: z.string(),
  period: days,
  unauthorisedAccess: z.strictObject({
    codes,
    /** Of the firmware that was rolled out. */
    version,
    /** The role whose credentials on the hub the users put right. */
    role: z.string(),
    /** Length of the windows before and after the rollout. */
    days: z.int().positive(),
  }),
  pilot: z.strictObject({
    codes,
    manufacturer: z.string(),
    model: z.string(),
    version,
    /** The first day on which the pilot was on hold. */
    hold: day,
    /** Days before its activation that a hub is compared with. */
    days: z.int().positive().multipleOf(2),
    /** Silence less probable than this is no chance. */
    improbable: z.number().positive().max(0.05),
  }),
  installations: z.strictObject({ codes, before: days, after: days }),
  powerFactor: z.strictObject({ codes, window: days }),
  credentials: z.strictObject({ window: days }),
  highestDays: z.strictObject({ days: z.int().positive(), drivers: z.int().positive() }),
  stoppableNow: z.strictObject({ days: z.int().positive() }),
  minutes: z.array(minute),
});

/** What a report asks, once it is read and checked. */
export type Definition = z.output<typeof DEFINITION>;
/** What the minutes state of one measure. */
export type Minute = z.output<typeof minute>;

/** The definition of a report that is shipped. */
export function shippedDefinition(name: 'opsg-34'): Definition {
  const file = new URL(`../data/${name}.json`, import.meta.url);
  return DEFINITION.parse(JSON.parse(readFileSync(file, 'utf8')));
}

/** The same calendar, later by whole weeks, so that weekdays stay what they are. */
export function shiftWeeks(definition: Definition, weeks: number): Definition {
  const move = (value: unknown): unknown => {
    if (typeof value === 'string' && day.safeParse(value).success) return addDays(value, weeks * 7);
    if (Array.isArray(value)) return value.map(move);
    if (value && typeof value === 'object')
      return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, move(one)]));
    return value;
  };
  return DEFINITION.parse(move(definition));
}
