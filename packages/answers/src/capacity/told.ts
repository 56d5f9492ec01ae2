import { z } from 'zod';

const MOMENT = z.iso.datetime();
const DAY = z.iso.date();
/** 1 - load / capacity: negative beyond it. */
const HEADROOM = z.number();

const FORECAST = z.strictObject({
  /** `already`: a day's peak is expected to be at the capacity by now; `never`: it isn't within ten years. */
  state: z.enum(['never', 'already', 'reached']),
  /** The first day, from the period's last on, whose peak is expected to be at the capacity; null for `never`. */
  at: DAY.nullable(),
  /** Bounds of the 95% interval. Earliest; null: not within ten years. */
  low: DAY.nullable(),
  /** Latest; null: it can't be excluded that it is never reached, or not within ten years. */
  high: DAY.nullable(),
  model: z.string(),
});

const COMPONENT = z.strictObject({
  component: z.string(),
  name: z.string(),
  /** `alerts/s`, or `requests`: downloads of firmware that ended in an hour, as if each had held its slot for that hour. */
  unit: z.string(),
  /** As the registry, or what is asked, has it at the end of the period. */
  capacity: z.number(),
  /** The tightest minute of the period (of requests: hour); null where nothing came. */
  peak: z.strictObject({ at: MOMENT, load: z.number() }).nullable(),
  /** Then, against the capacity that held. */
  headroom: HEADROOM.nullable(),
  /** London's days; of each the tightest. complete: a whole day in which something came and the feed was not missing. */
  days: z.array(z.strictObject({ day: DAY, peak: z.number(), headroom: HEADROOM, complete: z.boolean() })),
  /** Null with fewer than 28 complete days, and for requests, which rollouts drive. */
  forecast: FORECAST.nullable(),
});

const CAPACITY = {
  components: z.array(COMPONENT),
  /** The component with the least headroom, by alerts a second; forecast: of the first that reaches its capacity. */
  endToEnd: z.strictObject({
    component: z.string().nullable(),
    headroom: HEADROOM.nullable(),
    peak: z.strictObject({ at: MOMENT, load: z.number() }).nullable(),
    days: z.array(
      z.strictObject({ day: DAY, component: z.string(), headroom: HEADROOM, complete: z.boolean() }),
    ),
    forecast: FORECAST.extend({ component: z.string() }).nullable(),
  }),
};

export const TOLD = z.strictObject({
  ...CAPACITY,
  /** Why none of it is to be acted on; null: it may be. */
  caution: z.string().nullable(),
  /** Slots for over-the-air requests, by the hour in which most downloads ended for each slot. */
  slots: z.array(
    z.strictObject({
      component: z.string(),
      slots: z.number(),
      /** Downloads that ended in the period, and how many of them failed. */
      ended: z.int(),
      failed: z.int(),
      /** Hours for which a request would have to hold its slot in the busiest hour, on average, for all to be taken. */
      hoursToFill: z.number(),
    }),
  ),
  /** The same, had capacities or alerts been others. */
  whatIf: z
    .strictObject({
      raised: z.array(z.strictObject({ component: z.string(), from: z.number(), to: z.number() })),
      without: z.array(z.string()),
      ...CAPACITY,
    })
    .nullable(),
});

export type Told = z.output<typeof TOLD>;
export type Capacity = Pick<Told, 'components' | 'endToEnd'>;
export type Component = Told['components'][number];
