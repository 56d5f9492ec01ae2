import { setTimeout as pause } from 'node:timers/promises';
import { isRetryable, type Rejection, type Store } from '@tocsin/clickhouse';
import {
  type Block,
  type Store as DeliveryStore,
  Partition,
  type Place,
  type Ports,
  type Preparer,
} from '@tocsin/delivery';
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
import type { IntakeMetrics } from '@tocsin/metrics';
import type { Logger, Part } from '@tocsin/runtime';
import { topicConsumer } from './consumer.ts';
import { deadLetters } from './dead-letters.ts';
import { observer, type Tables } from './observe.ts';
import type { IntakeSettings } from './settings.ts';

/** What makes one topic differ from another: where it is and goes, and how its records are judged. */
export interface IntakeOptions {
  /** As Kafka's logs name this client. */
  readonly clientId: string;
  readonly settings: IntakeSettings;
  readonly topics: { readonly messages: string; readonly rejected: string };
  readonly tables: Tables;
  readonly log: Logger;
  readonly metrics: IntakeMetrics;
  readonly store: Store;
  /** The ledger and the rows, in the same store. */
  readonly delivery: DeliveryStore<Rejection>;
  /** Called for each partition at each assignment: what a partition remembers begins with it. */
  readonly preparer: (place: Place) => Preparer<KafkaMessage, Rejection>;
  /** Told of each block once it is committed. */
  readonly delivered: (block: Block<Rejection>) => void;
}

/** The partitions that are this member's for as long as an assignment lasts. */
export interface Assignment {
  readonly stream: string;
  readonly partitions: ReadonlyMap<number, Pick<Partition<KafkaMessage, Rejection>, 'settled' | 'halted'>>;
  /** False once the partitions were assigned anew. */
  readonly lasts: () => boolean;
}

/** A topic on its way into the store, for a service to run. */
export interface Intake {
  /** Started in order, stopped in reverse. */
  readonly parts: readonly Part[];
  readonly assignment: () => Assignment;
  /** Null once partitions are assigned and all make way, else why not. */
  readonly trouble: () => string | null;
}

/** A topic's way into the store: where the adapters of Kafka and ClickHouse meet the delivery's ports. */
export function intake(options: IntakeOptions): Intake {
  const { settings, topics, log, metrics, store, delivery } = options;
  const kafka = connectKafka({
    brokers: settings.KAFKA_BROKERS,
    clientId: options.clientId,
    log: (level, message, fields) => log[level]({ kafka: fields }, message),
  });
  const admin = kafka.admin();
  const observed = observer(log, metrics, options.tables, options.delivered);
  let producer: Producer | undefined;
  let stream = '';

  const openPartition = (partition: number) => {
    if (!producer) throw new Error('partitions are opened after the start');
    const place = { stream, partition };
    const ports: Ports<KafkaMessage, Rejection> = {
      log: kafkaLog(admin, topics.messages, settings.GROUP_ID),
      store: delivery,
      deadLetters: deadLetters(store, producer, topics.rejected),
      preparer: options.preparer(place),
      clock: { now: Date.now, pause },
      observe: observed.observe,
      isRetryable: (error) => isRetryable(error) || isRetryableKafkaError(error),
    };
    return new Partition(place, ports, ({ offset }) => Number(offset), {
      blockRecords: settings.BLOCK_MAX_RECORDS,
      rejects: { share: settings.REJECT_LIMIT_SHARE, records: settings.REJECT_LIMIT_RECORDS },
    });
  };

  const consumer = topicConsumer({
    kafka,
    topic: topics.messages,
    settings,
    log,
    metrics,
    openPartition,
    logEnds: async () => {
      const bounds = await logBounds(admin, topics.messages);
      return new Map([...bounds].map(([partition, { latest }]) => [partition, latest]));
    },
  });
  const connections: Part = {
    name: 'connections',
    async start() {
      await ensureTopics(kafka, [topics.messages, topics.rejected], {
        partitions: settings.TOPIC_PARTITIONS,
        retentionBytes: settings.TOPIC_RETENTION_BYTES,
      });
      await admin.connect();
      producer = await createProducer(kafka);
      stream = await streamOf(admin, topics.messages, settings.STREAM_EPOCH);
      log.info({ stream }, 'connected');
    },
    async stop() {
      await producer?.close();
      await admin.disconnect();
      await store.close();
    },
  };
  return {
    parts: [connections, consumer],
    assignment() {
      const partitions = consumer.owned();
      return { stream, partitions, lasts: () => consumer.owned() === partitions };
    },
    trouble: () => consumer.trouble() ?? observed.trouble(),
  };
}
