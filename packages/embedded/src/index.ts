export {
  type ClickHouse,
  type ClickHouseOptions,
  startClickHouse,
} from './clickhouse/process.ts';
export { dataFolder } from './folders.ts';
export { freePort } from './free-port.ts';
export { type Kafka, type KafkaOptions, startKafka } from './kafka/node.ts';
export { kafkaTool, type ToolOptions, type ToolResult } from './kafka/tools.ts';
export {
  type Embedded,
  type EmbeddedOptions,
  startEmbedded,
} from './start-embedded.ts';
export { type Exit, supervise } from './supervise.ts';
