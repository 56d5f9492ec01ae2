export { type Kafka, type KafkaOptions, startKafka } from './kafka/node.ts';
export { kafkaTool, type ToolResult } from './kafka/tools.ts';
