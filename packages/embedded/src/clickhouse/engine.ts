import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** What a finished query read. Seconds. */
interface Result {
  bytes: Uint8Array;
  rowsRead: number;
  bytesRead: number;
  elapsed: number;
}

type Handle = object;

/** chdb's native addon: its public `Session` closes a connection only when all others are at rest. */
interface Addon {
  CreateConnection(path: string, args: readonly string[]): Handle;
  CloseConnection(connection: Handle): void;
  QueryAsyncConnection(connection: Handle, sql: string, format: string): Promise<Result>;
}

/** Settings, temporary tables and database of its own; one query at a time. Costs a fraction of a millisecond. */
export interface Connection {
  query(sql: string, format?: string): Promise<Result>;
  close(): void;
}

/** What makes the engine's settings a server's instead of those of `clickhouse local`. */
const AS_SERVER = [
  '--implicit_select=0',
  '--allow_introspection_functions=0',
  '--storage_file_read_method=pread',
];

/**
 * Opens the engine on a data folder.
 * @param configFile configuration as a server's: users and grants, for example
 * @returns makes a connection, with settings given to it from the start
 */
export function openEngine(
  dataDir: string,
  configFile?: string,
): (settings?: Record<string, string>) => Connection {
  const addon = loadAddon();
  const always = configFile === undefined ? AS_SERVER : [...AS_SERVER, `--config-file=${configFile}`];
  return (settings = {}) => {
    const args = Object.entries(settings).map(([name, value]) => `--${name}=${value}`);
    const handle = addon.CreateConnection(dataDir, [...always, ...args]);
    return {
      query: (sql, format = 'TabSeparated') => addon.QueryAsyncConnection(handle, sql, format),
      close: () => addon.CloseConnection(handle),
    };
  };
}

function loadAddon(): Addon {
  const require = createRequire(import.meta.url);
  const loader = join(dirname(require.resolve('chdb/package.json')), 'dist', 'loader.js');
  return (require(loader) as { loadNative(): Addon }).loadNative();
}
