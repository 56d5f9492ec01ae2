export { keepAnswer, readRolloutAnswers } from './answers/kept.ts';
export * from './backup/index.ts';
export { type Build, buildBuckets } from './builder/build-buckets.ts';
export {
  BUILD_POLICY,
  type BuildPolicy,
  findStaleBuckets,
  keepComplete,
  type StaleBucket,
} from './builder/stale-buckets.ts';
export { supersedeBuilds, sweepBuilds } from './builder/sweep.ts';
export { TARGETS, type Target } from './builder/targets.ts';
export {
  type Bounds,
  createStore,
  type InsertRequest,
  type QueryParams,
  type Store,
  type StoreConnection,
} from './client.ts';
export * from './corrections/index.ts';
export {
  countDeadLetters,
  type DeadLetter,
  type DeadLetterCount,
  type DeadLetterFilter,
  findDeadLetters,
} from './dead-letters/find.ts';
export {
  type Claim,
  claimRedrive,
  type DoubtfulRedrive,
  findDoubtful,
  type Position,
  recordRedrive,
} from './dead-letters/redrive.ts';
export { formatHistoryRow, type HistoryEntry } from './delivery/history-row.ts';
export {
  type AcceptedId,
  ALERT_COLUMNS,
  ALERT_CORE_COLUMNS,
  acceptedIds,
  alertStore,
  escapeText,
  HISTORY_COLUMNS,
  inventoryStore,
  type Rejection,
  storeRejections,
} from './delivery/index.ts';
export { isRetryable, RETRYABLE_CODES, StoreTimeoutError } from './errors.ts';
export type { Layout } from './expand.ts';
export { FILE_FORMATS, type File, type FileFormat, type FileQuery } from './exports/file.ts';
export { keepManifest, readManifest } from './exports/manifests.ts';
export { type PeriodVersion, readPeriodVersion } from './exports/period-version.ts';
export * from './inventory/index.ts';
export {
  type AppliedMigration,
  listMigrations,
  type MigrateOptions,
  MigrationError,
  migrate,
} from './migrate.ts';
export * from './network/index.ts';
export { addNote, type Note, type NoteKind, readNotes, withdrawNote } from './notes/notes.ts';
export { type DataVersion, readDataVersion } from './published/data-version.ts';
export { type Published, PublishedMeanwhile, publish, readPublished } from './published/published.ts';
export { readSince, type Since } from './published/since.ts';
export { type RegistryRows, readParties, storeRegistry } from './registry/store-registry.ts';
export {
  type DeviceSums,
  readDaySpan,
  readIncompleteDays,
  readInstallations,
  readKeptFrom,
  readSides,
} from './report/completeness.ts';
export {
  type Fall,
  type FallQuery,
  readActivations,
  readFalls,
  type Span,
} from './report/devices.ts';
export {
  type PilotQuery,
  type QuietHubs,
  readPilotChanges,
  readPilotHubs,
  readSilence,
  type SideSums,
} from './report/pilot.ts';
export { type Registered, type ReleasedFirmware, readRegistered } from './report/registry.ts';
export {
  readVolume,
  type Volume,
  type VolumeColumn,
  type VolumeFilter,
  type VolumeWindow,
} from './report/volume.ts';
export { readDrained, writeDrained } from './sealing/drained.ts';
export { type Sealing, type SealPolicy, seal, sealedBefore } from './sealing/seal.ts';
export type {
  CheckName,
  Difference,
  PartitionSummary,
  StoreReport,
} from './verify/report.ts';
export { type VerifyOptions, verifyStore } from './verify/verify-store.ts';
