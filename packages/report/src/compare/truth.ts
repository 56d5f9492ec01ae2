import { z } from 'zod';
import type { Truth } from './compare.ts';

const value = z.union([z.number(), z.string()]).nullable();

/** What a scenario's truth says of the report's measures, by their ids; what else stands in the file is left alone. */
export const TRUTH = z
  .object({ report: z.record(z.string(), value) })
  .transform(({ report }): Truth => new Map(Object.entries(report)));
