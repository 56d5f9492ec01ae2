import { TOPIC_LAYOUT } from '@tocsin/kafka';
import { brokerList, decimal, integer } from '@tocsin/runtime';
import type { z } from 'zod';

const MIB = 1 << 20;

/** What every service that takes a topic into the store is told, for its own schema to spread. */
export const INTAKE_FIELDS = {
  KAFKA_BROKERS: brokerList().describe('Kafka brokers, host:port'),
  STREAM_EPOCH: integer(1)
    .default(1)
    .describe('Raised by an operator to say that the topic was made anew on purpose'),
  CONCURRENCY: integer(1, 64).default(4).describe('Partitions worked on at a time'),
  FETCH_MAX_BYTES: integer(MIB, 1024 * MIB)
    .default(64 * MIB)
    .describe('Most bytes of one fetch, and so of what waits in memory'),
  FETCH_PARTITION_MAX_BYTES: integer(MIB, 256 * MIB)
    .default(16 * MIB)
    .describe('Most bytes of one fetch from one partition, and so of a block'),
  FETCH_MIN_BYTES: integer(1, 1024 * MIB)
    .default(4 * MIB)
    .describe('Bytes that a fetch waits for, so that blocks are large under load'),
  FETCH_MAX_WAIT_MS: integer(1, 20_000)
    .default(500)
    .describe('Longest that a fetch waits for FETCH_MIN_BYTES, ms'),
  BLOCK_MAX_RECORDS: integer(1, 1_000_000).default(200_000).describe('Most records of one block'),
  SESSION_TIMEOUT_MS: integer(6000, 300_000)
    .default(30_000)
    .describe('After this long without a sign of life the group goes on without this member, ms'),
  DUPLICATE_WINDOW: integer(1, 10_000_000)
    .default(100_000)
    .describe('Offsets over which the same id counts once'),
  TOPIC_PARTITIONS: integer(1, 10_000)
    .default(TOPIC_LAYOUT.partitions)
    .describe('Partitions of topics that are missing and are created'),
  TOPIC_RETENTION_BYTES: integer(-1)
    .default(TOPIC_LAYOUT.retentionBytes)
    .describe('Bytes that a partition of such a topic keeps'),
  REJECT_LIMIT_SHARE: decimal(0, 1)
    .default(0.5)
    .describe('Share of rejected records above which a partition halts'),
  REJECT_LIMIT_RECORDS: integer(1).default(10_000).describe('Records over which that share is taken'),
};

type Fields = typeof INTAKE_FIELDS & { GROUP_ID: z.ZodType<string> };

/** The values that taking a topic in needs. */
export type IntakeSettings = { readonly [K in keyof Fields]: z.output<Fields[K]> };

/**
 * What holds between settings.
 * @param topics names of the settings that name the topic read and the one for rejects
 */
export function checkIntake<Name extends string>(topics: { messages: Name; rejected: Name }) {
  type Value = Pick<IntakeSettings, 'FETCH_MIN_BYTES' | 'FETCH_MAX_BYTES'> & Record<Name, string>;
  return ({ value, issues }: z.core.ParsePayload<Value>): void => {
    const fault = (name: keyof Value, message: string) =>
      issues.push({ code: 'custom', path: [name], message, input: value[name] });
    if (value[topics.messages] === value[topics.rejected])
      fault(topics.rejected, `expected another topic than ${topics.messages}: rejects would feed themselves`);
    if (value.FETCH_MIN_BYTES > value.FETCH_MAX_BYTES)
      fault('FETCH_MIN_BYTES', `expected at most FETCH_MAX_BYTES, ${value.FETCH_MAX_BYTES}`);
  };
}
