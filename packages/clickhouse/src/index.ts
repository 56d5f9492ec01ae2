export { type Build, buildHours } from './builder/build-hours.ts';
export {
  BUILD_POLICY,
  type BuildPolicy,
  findStaleHours,
  keepComplete,
  type StaleHour,
} from './builder/stale-hours.ts';
export { supersedeBuilds, sweepBuilds } from './builder/sweep.ts';
export {
  createStore,
  type InsertRequest,
  type QueryParams,
  type Store,
  type StoreConnection,
} from './client.ts';
export { isRetryable, StoreTimeoutError } from './errors.ts';
export type { Layout } from './expand.ts';
export { type AppliedMigration, type MigrateOptions, MigrationError, migrate } from './migrate.ts';
