import { TOPIC_LAYOUT } from '@tocsin/kafka';
import {
  brokerList,
  databaseName,
  decimal,
  type Env,
  httpUrl,
  identifier,
  integer,
  logLevel,
  parseEnv,
  port,
  topicName,
} from '@tocsin/runtime';
import { z } from 'zod';

const MIB = 1 << 20;

export const CONFIG = z
  .object({
    KAFKA_BROKERS: brokerList().describe('Kafka brokers, host:port'),
    CLICKHOUSE_URL: httpUrl().describe('HTTP interface of ClickHouse; may carry user and password'),
    CLICKHOUSE_DATABASE: databaseName().default('tocsin').describe('Database of the store'),
    ALERTS_TOPIC: topicName().default('alerts').describe('Topic that alerts are read from'),
    REJECTED_TOPIC: topicName().default('alerts.rejected').describe('Topic for what can not be read'),
    GROUP_ID: identifier().default('tocsin-processor').describe('Consumer group'),
    STREAM_EPOCH: integer(1)
      .default(1)
      .describe('Raised by an operator to say that the topic was made anew on purpose'),
    METRICS_PORT: port().default(9464).describe('Port of /metrics, /healthz and /readyz'),
    LOG_LEVEL: logLevel().default('info').describe('Least level that is logged'),
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
      .describe('Offsets over which the same request id counts once'),
    FUTURE_TOLERANCE_SECONDS: integer(0, 86_400)
      .default(300)
      .describe("How far receivedAt may be ahead of this machine's clock"),
    RETENTION_DAYS: integer(1, 18_000).default(400).describe('Older alerts are rejected as too late'),
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
  })
  .check(({ value, issues }) => {
    const fault = (name: keyof typeof value, message: string) =>
      issues.push({ code: 'custom', path: [name], message, input: value[name] });
    if (value.ALERTS_TOPIC === value.REJECTED_TOPIC)
      fault('REJECTED_TOPIC', 'expected another topic than ALERTS_TOPIC: rejects would feed themselves');
    if (value.FETCH_MIN_BYTES > value.FETCH_MAX_BYTES)
      fault('FETCH_MIN_BYTES', `expected at most FETCH_MAX_BYTES, ${value.FETCH_MAX_BYTES}`);
  });

export type Config = z.output<typeof CONFIG>;

/** @throws ConfigError with every fault at once */
export function readConfig(env: Env): Config {
  return parseEnv(CONFIG, env);
}
