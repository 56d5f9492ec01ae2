import { z } from 'zod';
import { CLASSES } from './classes.ts';

/** Forms of a file, each by the ending of its name. */
export const FORMATS = ['csv', 'parquet'] as const;

/** Of a file that is whole: what it is of, and by what one knows it again. */
export const MANIFEST = z.strictObject({
  id: z.uuid(),
  export: z.string(),
  class: z.enum(CLASSES),
  format: z.enum(FORMATS),
  /** Its name. */
  file: z.string(),
  period: z.strictObject({ from: z.iso.datetime(), to: z.iso.datetime() }),
  /** All that was asked, as it was given. */
  query: z.record(z.string(), z.string()),
  /** Whether it is of all devices, or of a party's own. */
  scope: z.enum(['network', 'party']),
  /** Whose; null where it is of all, and where the class has no parties. */
  party: z.string().nullable(),
  madeAt: z.iso.datetime(),
  data: z.strictObject({
    /** The same for the same data. */
    version: z.string(),
    /** Nothing came while the query began, so that it saw exactly this. */
    exact: z.boolean(),
    /** What the ledger had; null of a party's devices, and where the class leaves out what is small. */
    ledger: z
      .strictObject({
        blocks: z.int(),
        messages: z.int(),
        corrections: z.int(),
        positions: z.array(z.strictObject({ stream: z.string(), partition: z.int(), last: z.int() })),
        inventory: z.int(),
        registry: z.string(),
      })
      .nullable(),
  }),
  rows: z.int(),
  bytes: z.int(),
  /** Of the file's bytes, in hexadecimal digits. */
  sha256: z.string().length(64),
});
/** The account of one file; its moments are ISO 8601 in UTC. */
export type Manifest = z.output<typeof MANIFEST>;
