import type { Rejection } from '@tocsin/clickhouse';
import type { Partition } from '@tocsin/delivery';
import { type Consumption, consume, type FetchedBatch, type Kafka, type KafkaMessage } from '@tocsin/kafka';
import type { IntakeMetrics } from '@tocsin/metrics';
import type { Logger, Part } from '@tocsin/runtime';
import { LagClock } from './lag-clock.ts';
import type { IntakeSettings } from './settings.ts';

type OpenPartition = Partition<KafkaMessage, Rejection>;

export interface TopicConsumerOptions {
  readonly kafka: Kafka;
  readonly topic: string;
  readonly settings: IntakeSettings;
  readonly log: Logger;
  readonly metrics: IntakeMetrics;
  readonly openPartition: (partition: number) => OpenPartition;
  /** By partition: the offset that the next record will get. */
  readonly logEnds: () => Promise<ReadonlyMap<number, number>>;
}

const NONE: ReadonlyMap<number, OpenPartition> = new Map();

/** How often the lag is looked at of partitions whether they bring batches or not. */
const LAG_EVERY_MS = 5000;

export interface TopicConsumer extends Part {
  /** The partitions of this member, by number: another map after each assignment, empty before the first. */
  owned(): ReadonlyMap<number, OpenPartition>;
  trouble(): string | null;
}

/** Hands each fetched batch to its partition, for as long as the partition is assigned to this member. */
export function topicConsumer(options: TopicConsumerOptions): TopicConsumer {
  const { kafka, topic, settings, log, metrics, openPartition, logEnds } = options;
  let partitions: Map<number, OpenPartition> | undefined;
  let running: Consumption | undefined;
  const reached = new Map<number, number>();
  const clocks = new Map<number, LagClock>();
  let crash: Error | null = null;
  let watch: NodeJS.Timeout | undefined;

  const assign = (numbers: readonly number[]) => {
    log.info({ partitions: numbers }, 'assigned');
    metrics.lag.reset();
    metrics.lagSeconds.reset();
    metrics.halted.reset();
    const assigned = new Map(numbers.map((number) => [number, openPartition(number)]));
    partitions = assigned;
    crash = null;
    reached.clear();
    clocks.clear();
    for (const partition of assigned.values()) {
      partition.open(() => {
        if (partitions !== assigned) throw new Error('the partitions were assigned anew');
      });
    }
  };

  const setLag = (number: number, logEnd: number) => {
    // A halted partition no longer knows where it is, but stands where it stood.
    const next = partitions?.get(number)?.next ?? reached.get(number);
    if (next === undefined) return;
    reached.set(number, next);
    metrics.lag.set({ partition: number }, Math.max(0, logEnd - next));
    const now = performance.now();
    const clock = clocks.get(number) ?? new LagClock();
    clocks.set(number, clock);
    clock.see(logEnd, now);
    metrics.lagSeconds.set({ partition: number }, clock.secondsBehind(next, now));
  };

  /**
   * Partitions that are halted, or that try a block again, bring no batches to see their lag by. One look at a time, or they
   * pile up without Kafka.
   */
  let looking = false;
  const lookAtAll = async () => {
    const assigned = partitions;
    if (looking || !assigned) return;
    looking = true;
    try {
      const ends = await logEnds();
      if (partitions !== assigned) return;
      // A batch may have told of a later end meanwhile; of a halted partition the log may be a new and shorter one.
      for (const [number, { halted }] of assigned) {
        const end = ends.get(number) ?? 0;
        setLag(number, halted ? end : Math.max(end, clocks.get(number)?.end ?? 0));
      }
    } catch {
      // Kafka is away: the gauge stays as it is, and readiness says why.
    } finally {
      looking = false;
    }
  };

  return {
    name: 'consumer',
    async start() {
      running = consume(kafka, {
        topic,
        groupId: settings.GROUP_ID,
        concurrency: settings.CONCURRENCY,
        sessionTimeoutMs: settings.SESSION_TIMEOUT_MS,
        limits: {
          maxBytes: settings.FETCH_MAX_BYTES,
          maxBytesPerPartition: settings.FETCH_PARTITION_MAX_BYTES,
          minBytes: settings.FETCH_MIN_BYTES,
          maxWaitMs: settings.FETCH_MAX_WAIT_MS,
        },
        assigned: assign,
        crashed: (error) => {
          crash = error;
          log.error({ err: error }, 'the Kafka client gave up and is started again');
        },
        async take(number, batch, lease) {
          const partition = partitions?.get(number);
          if (!partition) throw new Error(`partition ${number} is not assigned`);
          await partition.take(batch, lease);
          setLag(number, batch.logEnd);
          if (!partition.halted) metrics.messageBytes.inc(bytesOf(batch));
        },
      });
      await running.joined;
      watch = setInterval(lookAtAll, LAG_EVERY_MS);
    },
    async stop() {
      clearInterval(watch);
      await running?.stop();
    },
    owned: () => partitions ?? NONE,
    trouble() {
      if (crash) return `the Kafka client gave up and is started again: ${crash.message}`;
      if (!partitions) return 'no partitions are assigned yet';
      const halted = [...partitions].filter(([, { halted }]) => halted).map(([number]) => number);
      return halted.length > 0 ? `halted partitions: ${halted.join(', ')}` : null;
    },
  };
}

function bytesOf({ messages }: FetchedBatch): number {
  return messages.reduce((sum, { value }) => sum + (value?.length ?? 0), 0);
}
