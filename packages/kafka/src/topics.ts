import type { Kafka } from 'kafkajs';

export interface TopicLayout {
  readonly partitions: number;
  /** The most bytes that a partition keeps. */
  readonly retentionBytes: number;
}

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
    await admin.createTopics({
      waitForLeaders: true,
      topics: topics.map((topic) => ({
        topic,
        numPartitions: partitions,
        configEntries: [
          { name: 'retention.ms', value: '-1' },
          { name: 'retention.bytes', value: String(retentionBytes) },
        ],
      })),
    });
  } finally {
    await admin.disconnect();
  }
}
