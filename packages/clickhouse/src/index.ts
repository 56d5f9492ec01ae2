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
