import { setTimeout as pause } from 'node:timers/promises';
import {
  ALERT_CORE_COLUMNS,
  acceptedIds,
  alertStore,
  createStore,
  isRetryable,
  type Rejection,
} from '@tocsin/clickhouse';
import { Partition, type Ports } from '@tocsin/delivery';
import {
  connectKafka,
  createProducer,
  ensureTopics,
  isRetryableKafkaError,
  type KafkaMessage,
  kafkaLog,
  logBounds,
  type Producer,
  streamOf,
} from '@tocsin/kafka';
import type { Metrics } from '@tocsin/metrics';
import type { Logger, Part } from '@tocsin/runtime';
import { alertConsumer } from './alert-consumer.ts';
import type { Config } from './config.ts';
import { deadLetters } from './dead-letters.ts';
import { observer } from './observe.ts';
import { blockPreparer } from './prepare-block.ts';

const DAY_MS = 86_400_000;

export interface Processor {
  /** Started in order, stopped in reverse. */
  readonly parts: readonly Part[];
  /** Null once partitions are assigned and all make way, else why not. */
  readonly trouble: () => string | null;
}

/** The only place where adapters meet ports. */
export function compose(config: Config, log: Logger, metrics: Metrics<'processor'>): Processor {
  const kafka = connectKafka({
    brokers: config.KAFKA_BROKERS,
    clientId: 'tocsin-processor',
    log: (level, message, fields) => log[level]({ kafka: fields }, message),
  });
  const admin = kafka.admin();
  const store = createStore({ url: config.CLICKHOUSE_URL, database: config.CLICKHOUSE_DATABASE });
  const alerts = alertStore<Rejection>(store, ALERT_CORE_COLUMNS);
  const observed = observer(log, metrics);
  let producer: Producer | undefined;
  let stream = '';

  /** A partition's memory begins with its assignment, and so do its ports that have one. */
  const openPartition = (partition: number) => {
    if (!producer) throw new Error('partitions are opened after the start');
    const place = { stream, partition };
    const ports: Ports<KafkaMessage, Rejection> = {
      log: kafkaLog(admin, config.ALERTS_TOPIC, config.GROUP_ID),
      store: alerts,
      deadLetters: deadLetters(store, producer, config.REJECTED_TOPIC),
      preparer: blockPreparer(place, {
        futureToleranceMs: config.FUTURE_TOLERANCE_SECONDS * 1000,
        retentionMs: config.RETENTION_DAYS * DAY_MS,
        duplicateWindow: config.DUPLICATE_WINDOW,
        acceptedIds: (at, from, to) => acceptedIds(store, at, from, to),
      }),
      clock: { now: Date.now, pause },
      observe: observed.observe,
      isRetryable: (error) => isRetryable(error) || isRetryableKafkaError(error),
    };
    return new Partition(place, ports, ({ offset }) => Number(offset), {
      blockRecords: config.BLOCK_MAX_RECORDS,
      rejects: { share: config.REJECT_LIMIT_SHARE, records: config.REJECT_LIMIT_RECORDS },
    });
  };

  const consumer = alertConsumer({
    kafka,
    config,
    log,
    metrics,
    openPartition,
    logEnds: async () => {
      const bounds = await logBounds(admin, config.ALERTS_TOPIC);
      return new Map([...bounds].map(([partition, { latest }]) => [partition, latest]));
    },
  });
  const connections: Part = {
    name: 'connections',
    async start() {
      await ensureTopics(kafka, [config.ALERTS_TOPIC, config.REJECTED_TOPIC], {
        partitions: config.TOPIC_PARTITIONS,
        retentionBytes: config.TOPIC_RETENTION_BYTES,
      });
      await admin.connect();
      producer = await createProducer(kafka);
      stream = await streamOf(admin, config.ALERTS_TOPIC, config.STREAM_EPOCH);
      log.info({ stream }, 'connected');
    },
    async stop() {
      await producer?.close();
      await admin.disconnect();
      await store.close();
    },
  };
  return { parts: [connections, consumer], trouble: () => consumer.trouble() ?? observed.trouble() };
}
