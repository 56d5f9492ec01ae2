import type { Batch, Lease } from '@tocsin/delivery';
import type { Consumer, EachBatchPayload, Kafka, KafkaMessage } from 'kafkajs';
import { Gaps } from './gaps.ts';
import { leaseBatch } from './lease.ts';

/** How much a fetch brings, in bytes, and how long it waits for that, in ms. */
export interface FetchLimits {
  /** The most bytes of one fetch from a broker, and so the most that waits in memory. */
  readonly maxBytes: number;
  readonly maxBytesPerPartition: number;
  /** A fetch waits for this much, or for `maxWaitMs`: large blocks under load, fresh ones without. */
  readonly minBytes: number;
  readonly maxWaitMs: number;
}

/** Which topic is consumed, as which group, and who takes what comes. */
export interface Subscription {
  readonly topic: string;
  readonly groupId: string;
  /** Partitions worked on at a time. */
  readonly concurrency: number;
  readonly sessionTimeoutMs: number;
  readonly limits: FetchLimits;
  /** Told at every new assignment, before its first batch: what was known of partitions holds no more. */
  readonly assigned: (partitions: readonly number[]) => void;
  readonly take: (partition: number, batch: FetchedBatch, lease: Lease) => Promise<void>;
  /** Told when the client gives up; it is started again. */
  readonly crashed: (error: Error) => void;
}

/** What one fetch brought of a partition, and how far its log went then. */
export interface FetchedBatch extends Batch<KafkaMessage> {
  /** The offset that the next record will get. */
  readonly logEnd: number;
}

const RESTART_PAUSE_MS = 1000;

/** A topic that is being consumed. `joined` rejects where the first start fails. */
export interface Consumption {
  /** Resolves once the group has been joined. */
  readonly joined: Promise<void>;
  /** Lets blocks under way finish, and leaves the group. */
  stop(): Promise<void>;
}

/** Consumes a topic until stopped. */
export function consume(kafka: Kafka, subscription: Subscription): Consumption {
  let consumer = start();
  let stopped = false;
  let restart: NodeJS.Timeout | undefined;

  async function start(): Promise<Consumer> {
    const { topic, groupId, limits, sessionTimeoutMs } = subscription;
    const started = kafka.consumer({
      groupId,
      sessionTimeout: sessionTimeoutMs,
      rebalanceTimeout: 2 * sessionTimeoutMs,
      heartbeatInterval: sessionTimeoutMs / 10,
      maxBytes: limits.maxBytes,
      maxBytesPerPartition: limits.maxBytesPerPartition,
      minBytes: limits.minBytes,
      maxWaitTimeInMs: limits.maxWaitMs,
      allowAutoTopicCreation: false,
      retry: { retries: 8, initialRetryTime: 100, maxRetryTime: 3000 },
    });
    let generation = 0;
    const gaps = new Gaps();
    started.on('consumer.start_batch_process', ({ payload }) => {
      const { partition, batchSize, firstOffset, lastOffset } = payload;
      if (batchSize === 0 && firstOffset !== null)
        gaps.add(partition, Number(firstOffset), Number(lastOffset));
    });
    started.on('consumer.group_join', ({ payload }) => {
      generation++;
      gaps.clear();
      // What was halted under an earlier assignment is looked at afresh.
      started.resume([{ topic }]);
      subscription.assigned(payload.memberAssignment[topic] ?? []);
    });
    started.on('consumer.crash', ({ payload }) => {
      subscription.crashed(payload.error);
      if (!payload.restart) again();
    });
    await started.connect();
    // Always from the beginning: `latest` would skip what came before the group had a commit.
    await started.subscribe({ topics: [topic], fromBeginning: true });
    await started.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: subscription.concurrency,
      eachBatch: (payload) => {
        const joined = generation;
        return handle(started, payload, gaps, () => joined === generation);
      },
    });
    return started;
  }

  async function handle(
    from: Consumer,
    payload: EachBatchPayload,
    gaps: Gaps,
    isCurrent: () => boolean,
  ): Promise<void> {
    const { topic, sessionTimeoutMs, take } = subscription;
    const seek = (partition: number, offset: number) =>
      from.seek({ topic, partition, offset: String(offset) });
    const { lease, release } = leaseBatch(payload, seek, isCurrent, sessionTimeoutMs / 10);
    try {
      await take(payload.batch.partition, toBatch(payload, gaps), lease);
    } finally {
      release();
    }
  }

  /** The client does not come back by itself from an error that it takes for permanent. */
  function again(): void {
    if (stopped) return;
    restart = setTimeout(() => {
      consumer = start();
      consumer.catch((error: Error) => {
        subscription.crashed(error);
        again();
      });
    }, RESTART_PAUSE_MS);
  }

  return {
    joined: consumer.then(() => {}),
    async stop() {
      stopped = true;
      clearTimeout(restart);
      // A member that is still joining can't leave: the group would wait for it until its session ends.
      const started = await consumer.catch(() => null);
      await started?.disconnect();
    },
  };
}

function toBatch({ batch }: EachBatchPayload, gaps: Gaps): FetchedBatch {
  // `fetchedOffset` is there and not in the types.
  const { fetchedOffset } = batch as unknown as { fetchedOffset: string };
  return {
    messages: batch.messages,
    fetchedOffset: gaps.startOf(batch.partition, Number(fetchedOffset)),
    lastOffset: Number(batch.lastOffset()),
    logEnd: Number(batch.highWatermark),
  };
}
