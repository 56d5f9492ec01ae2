import type { Kafka } from 'kafkajs';

export interface TopicSpec {
  readonly topic: string;
  readonly partitions: number;
  /** The most bytes that a partition keeps. */
  readonly retentionBytes: number;
}

/**
 * Creates the topics that are missing and leaves the others as they are. Retention is by size alone: Kafka
 * deletes by the records' own times, so under a retention by time alerts of months ago vanish unread.
 */
export async function ensureTopics(kafka: Kafka, specs: readonly TopicSpec[]): Promise<void> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    await admin.createTopics({
      waitForLeaders: true,
      topics: specs.map(({ topic, partitions, retentionBytes }) => ({
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
