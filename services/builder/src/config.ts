import { BUILD_POLICY } from '@tocsin/clickhouse';
import { type Env, integer, parseEnv, STORE_FIELDS, text, watchFields } from '@tocsin/runtime';
import { z } from 'zod';

const DAY = 86_400;

/** The variables of the builder, each with what it means. */
export const CONFIG = z.object({
  ...STORE_FIELDS,
  ...watchFields(9465),
  BUILD_INTERVAL_MS: integer(50, 60_000, 'milliseconds')
    .default(1000)
    .describe('pause between two looks for stale buckets'),
  BUILD_GRACE_SECONDS: integer(0, DAY, 'seconds')
    .default(BUILD_POLICY.graceSeconds)
    .describe('how long after its end an hour or day counts as closed'),
  BUILD_QUIET_SECONDS: integer(0, DAY, 'seconds')
    .default(BUILD_POLICY.quietSeconds)
    .describe('how long a bucket must have had no new block or correction before it is built'),
  BUILD_PATIENCE_SECONDS: integer(0, DAY, 'seconds')
    .default(BUILD_POLICY.patienceSeconds)
    .describe('how long a bucket that never falls quiet waits for its next build'),
  ANSWERS_EVERY_MS: integer(0, 7 * DAY * 1000, 'milliseconds')
    .default(3_600_000)
    .describe(
      'how old what dashboards show of rollouts may become before it is asked again; by a builder with 0 it is not',
    ),
  SWEEP_AFTER_SECONDS: integer(0, 30 * DAY, 'seconds')
    .default(3600)
    .describe('how long superseded builds stay; must be longer than any query takes'),
  RAW_RETENTION_DAYS: integer(1, 18_000, 'days')
    .optional()
    .describe(
      'raw rows are kept so long: older alerts are too late for the processors, whatever their RETENTION_DAYS, and older days are sealed and their raw rows dropped; without it all are kept',
    ),
  REGISTRY: text('expected a folder')
    .optional()
    .describe('folder of the registries; without it those of the scenario opsg-34'),
  REGISTRY_SHIFT_WEEKS: integer(-2000, 2000)
    .default(0)
    .describe('weeks by which all times in the registries are later'),
  REGISTRY_SCALE: integer(1, 10_000_000)
    .default(1)
    .describe(
      'capacities in the registries are divided by it, where only every so many-th device is told of',
    ),
});

export type BuilderConfig = z.output<typeof CONFIG>;

/** Throws ConfigError with all faults. */
export function readConfig(env: Env): BuilderConfig {
  return parseEnv(CONFIG, env);
}
