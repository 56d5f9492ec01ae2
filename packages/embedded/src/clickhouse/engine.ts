import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** What a finished query read. Times are seconds. */
export interface Result {
	bytes: Uint8Array;
	rowsRead: number;
	bytesRead: number;
	elapsed: number;
}

/** What a finished insert wrote, materialized views' rows included. */
export interface Written {
	rowsWritten: number;
	bytesWritten: number;
	elapsed: number;
}

type Handle = object;

/** chdb's native addon. Its public `Session` takes only eight insert formats and no statement text for inserts. */
interface Addon {
	CreateConnection(path: string, args: readonly string[]): Handle;
	CloseConnection(connection: Handle): void;
	QueryAsyncConnection(
		connection: Handle,
		sql: string,
		format: string,
	): Promise<Result>;
	InsertRawAsyncConnection(
		connection: Handle,
		head: string,
		data: Uint8Array,
		countLines: boolean,
	): Promise<Written>;
}

/** One connection: settings, temporary tables and database of its own; one query at a time. */
export interface Connection {
	query(sql: string, format?: string): Promise<Result>;
	/** @param head the statement up to and with `FORMAT x` or `VALUES`; `data` is not copied before the engine has it. */
	insert(head: string, data: Uint8Array): Promise<Written>;
	close(): void;
}

/** What makes the engine's settings those of a server instead of `clickhouse local`. */
const AS_SERVER = [
	"--implicit_select=0",
	"--allow_introspection_functions=0",
	"--storage_file_read_method=pread",
];

/** Opens the engine on a data folder; a connection costs a fraction of a millisecond. */
export function openEngine(dataDir: string): () => Connection {
	const addon = loadAddon();
	return () => {
		const handle = addon.CreateConnection(dataDir, AS_SERVER);
		return {
			query: (sql, format = "TabSeparated") =>
				addon.QueryAsyncConnection(handle, sql, format),
			insert: (head, data) =>
				addon.InsertRawAsyncConnection(handle, head, data, false),
			close: () => addon.CloseConnection(handle),
		};
	};
}

function loadAddon(): Addon {
	const require = createRequire(import.meta.url);
	const loader = join(
		dirname(require.resolve("chdb/package.json")),
		"dist",
		"loader.js",
	);
	return (require(loader) as { loadNative(): Addon }).loadNative();
}
