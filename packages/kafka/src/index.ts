export type { Admin, Kafka, KafkaMessage } from 'kafkajs';
export { hasMembers, setCommits } from './commits.ts';
export {
  connectKafka,
  isRetryableKafkaError,
  type KafkaConnection,
} from './connection.ts';
export {
  type Consumption,
  consume,
  type FetchedBatch,
  type FetchLimits,
  type Subscription,
} from './consume.ts';
export { committedOffsets, kafkaLog, logBounds, streamOf } from './log.ts';
export {
  type Compression,
  createProducer,
  type ProducedRecord,
  type Producer,
} from './producer.ts';
export { clusterOf, ensureTopics, TOPIC_LAYOUT, type TopicLayout } from './topics.ts';
