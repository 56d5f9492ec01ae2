import { setTimeout as pause } from 'node:timers/promises';
import type { Admin, Kafka } from 'kafkajs';
import { isRetryableKafkaError } from './connection.ts';

/** How a topic that is missing is created. */
export interface TopicLayout {
  readonly partitions: number;
  /** The most bytes that a partition keeps. */
  readonly retentionBytes: number;
}

/** What topics are created with where nothing else is asked for. */
export const TOPIC_LAYOUT: TopicLayout = { partitions: 4, retentionBytes: 64 * 2 ** 30 };

/**
 * Creates the topics that are missing and leaves the others as they are. Retention is by size alone: Kafka
 * deletes by the records' own times, so under a retention by time alerts of months ago vanish unread.
 */
export async function ensureTopics(
  kafka: Kafka,
  topics: readonly string[],
  { partitions, retentionBytes }: TopicLayout = TOPIC_LAYOUT,
): Promise<void> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const known = new Set(await admin.listTopics());
    const missing = topics.filter((topic) => !known.has(topic));
    if (missing.length > 0) {
      await admin.createTopics({
        // The client's own wait gives up when a topic is not known yet, and does not wait for some of several.
        waitForLeaders: false,
        topics: topics
          .filter((topic) => !known.has(topic))
          .map((topic) => ({
            topic,
            numPartitions: partitions,
            configEntries: [
              { name: 'retention.ms', value: '-1' },
              { name: 'retention.bytes', value: String(retentionBytes) },
            ],
          })),
      });
    }
    await untilLed(admin, topics);
  } finally {
    await admin.disconnect();
  }
}

const LOOK_AGAIN_MS = 50;
const LONGEST_WAIT_MS = 15_000;

/** A new topic is known to one broker before another, and has a leader later still. */
async function untilLed(admin: Admin, topics: readonly string[]): Promise<void> {
  const deadline = performance.now() + LONGEST_WAIT_MS;
  for (;;) {
    try {
      const known = await admin.fetchTopicMetadata({ topics: [...topics] });
      if (known.topics.every(({ partitions }) => partitions.every(({ leader }) => leader >= 0))) return;
    } catch (error) {
      if (!isRetryableKafkaError(error)) throw error;
    }
    if (performance.now() > deadline) throw new Error(`topics ${topics.join(', ')} have no leaders`);
    await pause(LOOK_AGAIN_MS);
  }
}

/** The id of the cluster that answers. */
export async function clusterOf(kafka: Kafka): Promise<string> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    return (await admin.describeCluster()).clusterId;
  } finally {
    await admin.disconnect();
  }
}
