import { checkIntake, INTAKE_FIELDS } from '@tocsin/intake';
import { type Env, identifier, integer, parseEnv, port, topicName } from '@tocsin/runtime';
import { z } from 'zod';

export const CONFIG = z
  .object({
    ...INTAKE_FIELDS,
    ALERTS_TOPIC: topicName().default('alerts').describe('Topic that alerts are read from'),
    REJECTED_TOPIC: topicName().default('alerts.rejected').describe('Topic for what can not be read'),
    GROUP_ID: identifier().default('tocsin-processor').describe('Consumer group'),
    METRICS_PORT: port().default(9464).describe('Port of /metrics, /healthz and /readyz'),
    FUTURE_TOLERANCE_SECONDS: integer(0, 86_400)
      .default(300)
      .describe("How far receivedAt may be ahead of this machine's clock"),
    RETENTION_DAYS: integer(1, 18_000).default(400).describe('Older alerts are rejected as too late'),
  })
  .check(checkIntake({ messages: 'ALERTS_TOPIC', rejected: 'REJECTED_TOPIC' }));

export type Config = z.output<typeof CONFIG>;

/** @throws ConfigError with every fault at once */
export function readConfig(env: Env): Config {
  return parseEnv(CONFIG, env);
}
