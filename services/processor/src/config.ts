import { checkIntake, INTAKE_FIELDS } from '@tocsin/intake';
import {
  type Env,
  identifier,
  integer,
  parseEnv,
  STORE_FIELDS,
  text,
  topicName,
  watchFields,
} from '@tocsin/runtime';
import { z } from 'zod';

/** The variables of the processor, each with what it means. Its two topics must differ. */
export const CONFIG = z
  .object({
    ...STORE_FIELDS,
    ...INTAKE_FIELDS,
    ...watchFields(9464),
    ALERTS_TOPIC: topicName().default('alerts').describe('Topic that alerts are read from'),
    REJECTED_TOPIC: topicName().default('alerts.rejected').describe('Topic for what can not be read'),
    GROUP_ID: identifier().default('tocsin-processor').describe('Consumer group'),
    FUTURE_TOLERANCE_SECONDS: integer(0, 86_400)
      .default(300)
      .describe("How far receivedAt may be ahead of this machine's clock"),
    CLOCK_BEHIND_SECONDS: integer(0, 31_536_000)
      .default(604_800)
      .describe('How late after raisedAt an alert may be received and the device still be believed'),
    CLOCK_AHEAD_SECONDS: integer(0, 31_536_000)
      .default(3600)
      .describe('How far raisedAt may be after receivedAt and the device still be believed'),
    CORRECT_EVERY_MS: integer(100, 600_000)
      .default(1000)
      .describe('Pause between two looks for what is new of the devices, ms'),
    REGISTRY: text('expected a folder')
      .optional()
      .describe('Folder of the registries; without it those of the scenario opsg-34'),
    REGISTRY_SHIFT_WEEKS: integer(-2000, 2000)
      .default(0)
      .describe('Weeks by which all times in the registries are later'),
    RETENTION_DAYS: integer(1, 18_000)
      .default(3650)
      .describe(
        'Older alerts are rejected as too late, as are those of days that RAW_RETENTION_DAYS of the builder seals',
      ),
  })
  .check(checkIntake({ messages: 'ALERTS_TOPIC', rejected: 'REJECTED_TOPIC' }));

export type Config = z.output<typeof CONFIG>;

/** @throws ConfigError with every fault at once */
export function readConfig(env: Env): Config {
  return parseEnv(CONFIG, env);
}
