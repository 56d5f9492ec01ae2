export * from './block.ts';
export { Halt, type HaltReason } from './halt.ts';
export { type Batch, Partition, type PartitionLimits } from './partition.ts';
export { decodePlan, encodePlan } from './plan-metadata.ts';
export * from './ports.ts';
export type { Committed } from './resume.ts';
export { streamId } from './stream.ts';
export {
  type LogCheck,
  type LogDifference,
  type PartitionFacts,
  verifyLog,
} from './verify-log.ts';
