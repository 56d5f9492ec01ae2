import type { Rejection } from '@tocsin/clickhouse';
import type { Partition } from '@tocsin/delivery';
import { type Consumption, consume, type FetchedBatch, type Kafka, type KafkaMessage } from '@tocsin/kafka';
import type { Metrics } from '@tocsin/metrics';
import type { Logger, Part } from '@tocsin/runtime';
import type { Config } from './config.ts';

type AlertPartition = Partition<KafkaMessage, Rejection>;

export interface AlertConsumerOptions {
  readonly kafka: Kafka;
  readonly config: Config;
  readonly log: Logger;
  readonly metrics: Metrics<'processor'>;
  readonly openPartition: (partition: number) => AlertPartition;
}

export interface AlertConsumer extends Part {
  trouble(): string | null;
}

/** Hands each fetched batch to its partition, for as long as the partition is assigned to this member. */
export function alertConsumer(options: AlertConsumerOptions): AlertConsumer {
  const { kafka, config, log, metrics, openPartition } = options;
  let partitions: Map<number, AlertPartition> | undefined;
  let running: Consumption | undefined;

  const assign = (numbers: readonly number[]) => {
    log.info({ partitions: numbers }, 'assigned');
    metrics.lag.reset();
    metrics.halted.reset();
    const assigned = new Map(numbers.map((number) => [number, openPartition(number)]));
    partitions = assigned;
    for (const partition of assigned.values()) {
      partition.open(() => {
        if (partitions !== assigned) throw new Error('the partitions were assigned anew');
      });
    }
  };

  const measure = (partition: number, { messages, lastOffset, logEnd }: FetchedBatch) => {
    metrics.lag.set({ partition }, Math.max(0, logEnd - lastOffset - 1));
    metrics.messageBytes.inc(messages.reduce((sum, { value }) => sum + (value?.length ?? 0), 0));
  };

  return {
    name: 'alerts',
    async start() {
      running = consume(kafka, {
        topic: config.ALERTS_TOPIC,
        groupId: config.GROUP_ID,
        concurrency: config.CONCURRENCY,
        sessionTimeoutMs: config.SESSION_TIMEOUT_MS,
        limits: {
          maxBytes: config.FETCH_MAX_BYTES,
          maxBytesPerPartition: config.FETCH_PARTITION_MAX_BYTES,
          minBytes: config.FETCH_MIN_BYTES,
          maxWaitMs: config.FETCH_MAX_WAIT_MS,
        },
        assigned: assign,
        crashed: (error) => log.error({ err: error }, 'the Kafka client gave up and is started again'),
        async take(number, batch, lease) {
          const partition = partitions?.get(number);
          if (!partition) throw new Error(`partition ${number} is not assigned`);
          await partition.take(batch, lease);
          measure(number, batch);
        },
      });
      await running.joined;
    },
    stop: () => running?.stop(),
    trouble() {
      if (!partitions) return 'no partitions are assigned yet';
      const halted = [...partitions].filter(([, { halted }]) => halted).map(([number]) => number);
      return halted.length > 0 ? `halted partitions: ${halted.join(', ')}` : null;
    },
  };
}
