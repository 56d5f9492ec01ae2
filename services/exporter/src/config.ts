import { databaseName, type Env, httpUrl, integer, logLevel, parseEnv, port } from '@tocsin/runtime';
import { z } from 'zod';

export const CONFIG = z.object({
  CLICKHOUSE_URL: httpUrl().describe('ClickHouse over HTTP; may carry user and password'),
  CLICKHOUSE_DATABASE: databaseName().default('tocsin').describe('database of the alerts'),
  FEED_EVERY_MS: integer(100, 60_000, 'milliseconds')
    .default(15_000)
    .describe('pause between two looks at what came of each region'),
  HOURS_EVERY_MS: integer(100, 3_600_000, 'milliseconds')
    .default(60_000)
    .describe('least pause between two looks at the hours that are over; longer where a look takes long'),
  VERIFY_EVERY_MS: integer(1000, 86_400_000, 'milliseconds')
    .default(3_600_000)
    .describe('least pause between two proofs of the store; longer where a proof takes long'),
  METRICS_PORT: port().default(9466).describe('port of /metrics, /healthz and /readyz; 0 takes a free one'),
  LOG_LEVEL: logLevel().default('info').describe('least level that is logged'),
});

/** Throws ConfigError with all faults. */
export function readConfig(env: Env): z.output<typeof CONFIG> {
  return parseEnv(CONFIG, env);
}
