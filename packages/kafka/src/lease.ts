import type { Lease } from '@tocsin/delivery';
import type { EachBatchPayload } from 'kafkajs';

/** The commit that eachBatch offers, with the metadata that its types leave out. */
type Commit = (offsets: {
  topics: {
    topic: string;
    partitions: { partition: number; offset: string; metadata: string }[];
  }[];
}) => Promise<void>;

/**
 * A lease on a partition for as long as one `eachBatch` runs. Commits go through the batch's own
 * `commitOffsetsIfNecessary`: the consumer's `commitOffsets` resolves without committing while the consumer
 * stops.
 * @param isCurrent whether the assignment under which the batch came still holds
 * @param beatMs how often to tell Kafka that the handler lives
 */
export function leaseBatch(
  payload: EachBatchPayload,
  seek: (partition: number, offset: number) => void,
  isCurrent: () => boolean,
  beatMs: number,
): { lease: Lease; release: () => void } {
  const { topic, partition } = payload.batch;
  let lost: Error | null = null;

  const check = () => {
    if (!lost && !isCurrent()) lost = new Error(`${topic}/${partition} was assigned anew`);
    if (lost) throw lost;
  };
  const beat = () => {
    payload.heartbeat().catch((error: Error) => {
      lost = error;
    });
  };
  const timer = setInterval(beat, beatMs);

  const lease: Lease = {
    async commit(offset, metadata) {
      if (!isCurrent()) check();
      const commit = payload.commitOffsetsIfNecessary as unknown as Commit;
      await commit({
        topics: [
          {
            topic,
            partitions: [{ partition, offset: String(offset), metadata }],
          },
        ],
      });
    },
    resolve: (offset) => payload.resolveOffset(String(offset)),
    seek: (offset) => seek(partition, offset),
    pause: () => {
      payload.pause();
    },
    active: () => lost === null && isCurrent() && payload.isRunning() && !payload.isStale(),
    check,
  };
  return { lease, release: () => clearInterval(timer) };
}
