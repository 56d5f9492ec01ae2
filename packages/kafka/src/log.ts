import { type Committed, decodePlan, Halt, type Log, streamId } from '@tocsin/delivery';
import type { Admin } from 'kafkajs';

/** What Kafka itself knows of a topic, for one consumer group. */
export function kafkaLog(admin: Admin, topic: string, groupId: string): Log {
  return {
    async committed({ partition }) {
      return (
        (await committedOffsets(admin, topic, groupId)).get(partition) ?? {
          offset: null,
          plan: null,
        }
      );
    },
    async bounds({ stream, partition }) {
      // The same address may by now be that of a cluster made anew: its records are not this stream's.
      const { clusterId } = await admin.describeCluster();
      if (!stream.startsWith(`${clusterId}/`))
        throw new Halt('cluster-changed', { stream, cluster: clusterId });
      const bounds = (await logBounds(admin, topic)).get(partition);
      if (!bounds) throw new Error(`topic ${topic} has no partition ${partition}`);
      return bounds;
    },
  };
}

/** By partition: the committed offset and the plan in its metadata. A reset leaves a negative offset: none. */
export async function committedOffsets(
  admin: Admin,
  topic: string,
  groupId: string,
): Promise<Map<number, Committed>> {
  const [answer] = await admin.fetchOffsets({ groupId, topics: [topic] });
  return new Map(
    (answer?.partitions ?? []).map(({ partition, offset, metadata }) => [
      partition,
      Number(offset) < 0
        ? { offset: null, plan: null }
        : { offset: Number(offset), plan: decodePlan(metadata) },
    ]),
  );
}

/** By partition: the earliest offset, and the one that the next record will get. */
export async function logBounds(
  admin: Admin,
  topic: string,
): Promise<Map<number, { earliest: number; latest: number }>> {
  const offsets = await admin.fetchTopicOffsets(topic);
  return new Map(
    offsets.map(({ partition, low, high }) => [partition, { earliest: Number(low), latest: Number(high) }]),
  );
}

/** The stream of a topic: an operator raises the epoch to say that it was made anew on purpose. */
export async function streamOf(admin: Admin, topic: string, epoch: number): Promise<string> {
  const { clusterId } = await admin.describeCluster();
  return streamId(clusterId, topic, epoch);
}
