import { type Env, integer, parseEnv, STORE_FIELDS, watchFields } from '@tocsin/runtime';
import { z } from 'zod';

/** The variables of the exporter, each with what it means. */
export const CONFIG = z.object({
  ...STORE_FIELDS,
  ...watchFields(9467),
  FEED_EVERY_MS: integer(100, 60_000, 'milliseconds')
    .default(15_000)
    .describe('pause between two looks at what came of each region'),
  HOURS_EVERY_MS: integer(100, 3_600_000, 'milliseconds')
    .default(60_000)
    .describe('least pause between two looks at the hours that are over; longer where a look takes long'),
  VERIFY_EVERY_MS: integer(1000, 86_400_000, 'milliseconds')
    .default(3_600_000)
    .describe('least pause between two proofs of the store; longer where a proof takes long'),
});

/** Throws ConfigError with all faults. */
export function readConfig(env: Env): z.output<typeof CONFIG> {
  return parseEnv(CONFIG, env);
}
