import { checkIntake, INTAKE_FIELDS } from '@tocsin/intake';
import {
  type Env,
  identifier,
  integer,
  parseEnv,
  STORE_FIELDS,
  topicName,
  watchFields,
} from '@tocsin/runtime';
import { z } from 'zod';

/** The variables of the inventory service, each with what it means. Its two topics must differ. */
export const CONFIG = z
  .object({
    ...STORE_FIELDS,
    ...INTAKE_FIELDS,
    ...watchFields(9466),
    // Events take much longer to read than alerts do, and a member that is busy for too long is taken for dead.
    BLOCK_MAX_RECORDS: integer(1, 1_000_000).default(20_000).describe('Most records of one block'),
    INVENTORY_TOPIC: topicName().default('inventory').describe('Topic that inventory events are read from'),
    INVENTORY_REJECTED_TOPIC: topicName()
      .default('inventory.rejected')
      .describe('Topic for what can not be read'),
    GROUP_ID: identifier().default('tocsin-inventory').describe('Consumer group'),
    ANNOUNCE_DAYS: integer(0, 36_500)
      .default(366)
      .describe('How far ahead an event may say from when on it holds'),
  })
  .check(checkIntake({ messages: 'INVENTORY_TOPIC', rejected: 'INVENTORY_REJECTED_TOPIC' }));

export type Config = z.output<typeof CONFIG>;

/** @throws ConfigError with every fault at once */
export function readConfig(env: Env): Config {
  return parseEnv(CONFIG, env);
}
