import { CONFIG as API } from '@tocsin/api/config';
import { CONFIG as INVENTORY } from '@tocsin/inventory/config';
import { CONFIG as PROCESSOR } from '@tocsin/processor/config';
import {
  brokerList,
  type Env,
  flag,
  identifier,
  integer,
  oneOf,
  parseEnv,
  STORE_FIELDS,
  storeAddress,
  storeUrl,
  text,
  topicName,
} from '@tocsin/runtime';
import { z } from 'zod';

const TOPICS = { alerts: 'ALERTS_TOPIC', inventory: 'INVENTORY_TOPIC' } as const;

const migrateSchema = z.object({
  ...STORE_FIELDS,
  CLICKHOUSE_ENGINE: oneOf(['MergeTree', 'ReplicatedMergeTree']).default('MergeTree'),
  CLICKHOUSE_CLUSTER: text().default(''),
  CLICKHOUSE_FSYNC: flag().default(false),
});

export function readMigrateConfig(env: Env) {
  const config = parseEnv(migrateSchema, env);
  return {
    connection: storeAddress(config),
    layout: layoutOf(config),
  };
}

function layoutOf(config: z.output<typeof migrateSchema>) {
  return {
    engine: config.CLICKHOUSE_ENGINE,
    cluster: config.CLICKHOUSE_CLUSTER,
    fsync: config.CLICKHOUSE_FSYNC,
  };
}

const verifySchema = z.object({
  ...STORE_FIELDS,
  KAFKA_BROKERS: brokerList().optional(),
  ALERTS_TOPIC: topicName().default('alerts'),
  GROUP_ID: identifier().default('tocsin-processor'),
  STREAM_EPOCH: integer(1).default(1),
  INVENTORY_TOPIC: topicName().default('inventory'),
  INVENTORY_GROUP_ID: identifier().default('tocsin-inventory'),
  INVENTORY_EPOCH: integer(1).default(1),
});

/** Without brokers the store alone is proved. */
export function readVerifyConfig(env: Env) {
  const config = parseEnv(verifySchema, env);
  return {
    connection: { ...storeAddress(config), requestTimeoutMs: 600_000 },
    brokers: config.KAFKA_BROKERS,
    alerts: { topic: config.ALERTS_TOPIC, groupId: config.GROUP_ID, epoch: config.STREAM_EPOCH },
    inventory: {
      topic: config.INVENTORY_TOPIC,
      groupId: config.INVENTORY_GROUP_ID,
      epoch: config.INVENTORY_EPOCH,
    },
  };
}

const DAY_MS = 86_400_000;

const backupSchema = z.object({
  ...STORE_FIELDS,
  KAFKA_BROKERS: brokerList(),
  ALERTS_TOPIC: topicName().default('alerts'),
  GROUP_ID: identifier().default('tocsin-processor'),
  INVENTORY_TOPIC: topicName().default('inventory'),
  INVENTORY_GROUP_ID: identifier().default('tocsin-inventory'),
});

/** A table may take hours, so that no time-out is near. */
export function readBackupConfig(env: Env) {
  const config = parseEnv(backupSchema, env);
  return {
    connection: { ...storeAddress(config), requestTimeoutMs: DAY_MS },
    brokers: config.KAFKA_BROKERS,
    alerts: { topic: config.ALERTS_TOPIC, groupId: config.GROUP_ID },
    inventory: { topic: config.INVENTORY_TOPIC, groupId: config.INVENTORY_GROUP_ID },
  };
}

/** Topics and groups are those of the backup. */
export function readRestoreConfig(env: Env) {
  const { KAFKA_BROKERS: brokers, ...config } = parseEnv(
    migrateSchema.extend({ KAFKA_BROKERS: brokerList() }),
    env,
  );
  return {
    connection: { ...storeAddress(config), requestTimeoutMs: DAY_MS },
    layout: layoutOf(config),
    brokers,
  };
}

/** For commands that read, or wait for, months of rows. */
export function readStoreConfig(env: Env) {
  const config = parseEnv(z.object(STORE_FIELDS), env);
  return { ...storeAddress(config), requestTimeoutMs: 600_000 };
}

/** A file may take hours to write. */
export function readExportConfig(env: Env) {
  const config = parseEnv(z.object({ ...STORE_FIELDS, QUERY_MEMORY_MB: API.shape.QUERY_MEMORY_MB }), env);
  return {
    connection: { ...storeAddress(config), requestTimeoutMs: DAY_MS },
    timeoutSeconds: DAY_MS / 1000,
    memoryBytes: config.QUERY_MEMORY_MB * 1_000_000,
  };
}

/** Time limits of the services themselves. */
const limits = {
  FUTURE_TOLERANCE_SECONDS: PROCESSOR.shape.FUTURE_TOLERANCE_SECONDS,
  RETENTION_DAYS: PROCESSOR.shape.RETENTION_DAYS,
  ANNOUNCE_DAYS: INVENTORY.shape.ANNOUNCE_DAYS,
};

const redriveSchema = z.object({
  ...STORE_FIELDS,
  KAFKA_BROKERS: brokerList(),
  ALERTS_TOPIC: topicName().default('alerts'),
  INVENTORY_TOPIC: topicName().default('inventory'),
  ...limits,
});

/** Time limits as the services have them: what they would reject again is not put back. */
export function readRedriveConfig(env: Env, kind: keyof typeof TOPICS) {
  const config = parseEnv(redriveSchema, env);
  return {
    connection: storeAddress(config),
    brokers: config.KAFKA_BROKERS,
    topic: config[TOPICS[kind]],
    kind,
    futureTolerance: config.FUTURE_TOLERANCE_SECONDS * 1000,
    retention: config.RETENTION_DAYS * 86_400_000,
    announce: config.ANNOUNCE_DAYS * 86_400_000,
  };
}

const importSchema = z.object({
  ALERTS_TOPIC: topicName().default('alerts'),
  INVENTORY_TOPIC: topicName().default('inventory'),
  ...limits,
});

/** A dry run needs no Kafka; time limits are those of the services. */
export function readImportConfig(
  env: Env,
  what: keyof typeof TOPICS,
  { topic, dryRun = false }: { topic?: string; dryRun?: boolean },
) {
  const brokers = dryRun ? brokerList().optional() : brokerList();
  const named = topic === undefined ? env : { ...env, [TOPICS[what]]: topic };
  const config = parseEnv(importSchema.extend({ KAFKA_BROKERS: brokers }), named);
  return {
    topic: config[TOPICS[what]],
    brokers: dryRun ? undefined : config.KAFKA_BROKERS,
    futureTolerance: config.FUTURE_TOLERANCE_SECONDS * 1000,
    retention: config.RETENTION_DAYS * 86_400_000,
    announce: config.ANNOUNCE_DAYS * 86_400_000,
  };
}

const publishSchema = z.object({
  KAFKA_BROKERS: brokerList(),
  ALERTS_TOPIC: topicName().default('alerts'),
});

export function readPublishConfig(env: Env) {
  const config = parseEnv(publishSchema, env);
  return { brokers: config.KAFKA_BROKERS, topic: config.ALERTS_TOPIC };
}

const startSchema = z.object({
  KAFKA_BROKERS: brokerList().optional(),
  ...STORE_FIELDS,
  CLICKHOUSE_URL: STORE_FIELDS.CLICKHOUSE_URL.optional(),
  ALERTS_TOPIC: topicName().default('alerts'),
});

/** What is given is used; what is not given is started. */
export function readStartConfig(env: Env) {
  const config = parseEnv(startSchema, env);
  const { CLICKHOUSE_URL: address } = config;
  return {
    kafkaBrokers: config.KAFKA_BROKERS,
    clickhouseUrl: address === undefined ? undefined : storeUrl({ ...config, CLICKHOUSE_URL: address }),
    database: config.CLICKHOUSE_DATABASE,
    alertsTopic: config.ALERTS_TOPIC,
  };
}
