import { z } from 'zod';

/**
 * One number of the report. `count`: counted, and so exact. `estimate`: with the 95% interval from low to high; a count
 * has one too where another draw of devices would have given another.
 */
const measure = z.strictObject({
  /** Stays the same over versions of the report. */
  id: z.string(),
  label: z.string(),
  unit: z.enum([
    'alerts',
    'alerts/day',
    'devices',
    'hubs',
    'installations',
    'installations/day',
    'share',
    'day',
  ]),
  kind: z.enum(['count', 'estimate']),
  /** Null where it can't be told; `absent` says why. */
  value: z.union([z.number(), z.string()]).nullable(),
  low: z.number().optional(),
  high: z.number().optional(),
  /** Devices that it rests on, where devices decide how certain it is. */
  n: z.int().optional(),
  absent: z.string().optional(),
  /** The store has not the days that it is of: it can't be known from there. */
  outside: z.literal(true).optional(),
});

const cell = z.union([z.string(), z.number(), z.null()]);

const figure = z.strictObject({
  id: z.string(),
  title: z.string(),
  formula: z.string(),
  /** In words, with the days that were left out. */
  window: z.string(),
  measures: z.array(measure),
  /** For lists, most important row first. */
  table: z.strictObject({ columns: z.array(z.string()), rows: z.array(z.array(cell)) }).optional(),
  notes: z.array(z.string()),
});

/** What `tocsin report NAME --json` prints. `form` is raised with every change that a reader has to know of. */
export const MEASURED = z.strictObject({
  form: z.literal(1),
  report: z.string(),
  timeZone: z.literal('Europe/London'),
  /** By which the calendar of the store is later than that of the report's definition. */
  weeks: z.int(),
  period: z.strictObject({ first: z.iso.date(), last: z.iso.date() }),
  figures: z.array(figure),
});

/** One number of a report, with its unit and how certain it is. */
export type Measure = z.output<typeof measure>;
/** Measures that belong together, with the formula and the window that they are by. */
export type Figure = z.output<typeof figure>;
/** A whole report, as it was measured from the stream alone. */
export type Measured = z.output<typeof MEASURED>;
