import { z } from 'zod';
import type { Truth } from './compare.ts';

const value = z.union([z.number(), z.string()]).nullable();

/**
 * What a scenario's truth says of the report's measures, by their ids, and how many devices one of it stands for; what
 * else stands in the file is left alone.
 */
export const TRUTH = z
  .object({ scale: z.int().positive().optional(), report: z.record(z.string(), value) })
  .transform(({ scale, report }) => ({ scale, report: new Map(Object.entries(report)) satisfies Truth }));
