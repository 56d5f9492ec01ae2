import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { ClickHouseLogLevel, type ClickHouseSettings, createClient } from '@clickhouse/client';
import { StoreTimeoutError } from './errors.ts';

/** Values of the placeholders `{name:Type}` of a query, by name. */
export type QueryParams = Record<string, unknown>;

/** How to reach the store. `url` may carry user and password; times are milliseconds. */
export interface StoreConnection {
  url: string;
  /** Default `tocsin`. */
  database?: string;
  /** Default 60,000. */
  requestTimeoutMs?: number;
  /** Default 10 sockets. */
  maxConnections?: number;
  settings?: ClickHouseSettings;
}

/** Rows of one INSERT, in `body` as `format` has them. Names go into the statement as they are: never from outside. */
export interface InsertRequest {
  table: string;
  columns: readonly string[];
  /** An input format of the server, such as `TabSeparated`, `RowBinary` or `JSONEachRow`. */
  format: string;
  body: Uint8Array | string | Readable;
  /** The deduplication token; without one the server falls back on a hash of the rows. */
  token?: string;
  settings?: ClickHouseSettings;
}

/**
 * One database of one server. Every method rejects with `ClickHouseError` (the server's own code and type),
 * `StoreTimeoutError`, or the socket's error; `isRetryable` tells them apart.
 */
export interface Store {
  readonly database: string;
  /** All rows of a query of moderate size, read only once the server has finished it. */
  rows<Row>(query: string, params?: QueryParams, settings?: ClickHouseSettings): Promise<Row[]>;
  /** The lines of an answer of moderate size as tab separated text, read only once the server has finished it. */
  lines(query: string, params?: QueryParams): Promise<string[]>;
  /** Rows as they arrive, in the server's chunks. */
  stream<Row>(query: string, params?: QueryParams): AsyncIterable<Row[]>;
  /**
   * The answer's bytes in a format of the server, as they arrive and as fast as they are read: one that breaks off may end
   * without an error. Destroyed, it ends the query on the server as well.
   */
  bytes(query: string, params?: QueryParams, settings?: ClickHouseSettings): Promise<Readable>;
  /** A statement without a result; resolves once it is carried out. */
  command(query: string, params?: QueryParams, settings?: ClickHouseSettings): Promise<void>;
  insert(request: InsertRequest): Promise<void>;
  ping(): Promise<void>;
  /** The same store for one who asks: within these bounds, and only until `signal`, by which what is under way ends as well. */
  within(bounds: Bounds): Store;
  close(): Promise<void>;
}

/**
 * What one who asks may take: ms for each request, which are no more than those of the connection, and settings such as
 * `max_memory_usage`; see `Store.within`.
 */
export interface Bounds {
  readonly signal: AbortSignal;
  readonly requestTimeoutMs: number;
  readonly settings?: ClickHouseSettings;
}

// async_insert is on by default in current servers and would acknowledge rows, and tokens, that are not stored.
// The shared snapshot makes the views' two looks at builds and ledger see the same rows. Looking for more bounds in chains of
// comparisons finds none in our views, and is a tenth of what planning them takes.
const SETTINGS: ClickHouseSettings = {
  async_insert: 0,
  enable_shared_storage_snapshot_in_query: 1,
  optimize_and_compare_chain: 0,
  output_format_json_quote_64bit_integers: 0,
  date_time_output_format: 'simple',
};

/**
 * A store behind the HTTP interface of a server, which is first asked by the first request.
 * @throws Error where `url` is no address
 */
export function createStore(connection: StoreConnection): Store {
  const { url, database = 'tocsin', requestTimeoutMs = 60_000, maxConnections = 10 } = connection;
  const client = createClient({
    url,
    database,
    max_open_connections: maxConnections,
    // The client's own time-out error carries no code, so ours, by signal, must come first.
    request_timeout: requestTimeoutMs + 5_000,
    application: 'tocsin',
    // Errors reach the caller, who logs them once.
    log: { level: ClickHouseLogLevel.OFF },
    clickhouse_settings: { ...SETTINGS, ...connection.settings },
  });

  return of({ signal: null, requestTimeoutMs });

  function of({
    signal: asker,
    requestTimeoutMs,
    settings: ours,
  }: Omit<Bounds, 'signal'> & { signal: AbortSignal | null }): Store {
    const bounded: ClickHouseSettings = { ...ours, cancel_http_readonly_queries_on_client_close: 1 };
    // What nobody waits for any more ends on the server as well: tried again meanwhile, it would be under way twice.
    const waited: ClickHouseSettings = {
      ...bounded,
      wait_end_of_query: 1,
      max_execution_time: Math.ceil(requestTimeoutMs / 1000),
    };

    async function within<T>(act: (abort_signal: AbortSignal) => Promise<T>): Promise<T> {
      const late = AbortSignal.timeout(requestTimeoutMs);
      try {
        asker?.throwIfAborted();
        return await act(asker === null ? late : AbortSignal.any([late, asker]));
      } catch (error) {
        throw late.aborted ? new StoreTimeoutError(requestTimeoutMs, error) : error;
      }
    }

    return {
      database,
      rows: <Row>(query: string, query_params?: QueryParams, settings?: ClickHouseSettings) =>
        within(async (abort_signal) => {
          const clickhouse_settings = { ...waited, ...settings };
          const format = 'JSONEachRow';
          const result = await client.query({
            query,
            query_params,
            clickhouse_settings,
            format,
            abort_signal,
          });
          return result.json<Row>();
        }),
      lines: (query, query_params) =>
        within(async (abort_signal) => {
          const format = 'TabSeparated';
          const result = await client.query({
            query,
            query_params,
            clickhouse_settings: waited,
            format,
            abort_signal,
          });
          const text = await result.text();
          return text === '' ? [] : text.slice(0, -1).split('\n');
        }),
      async *stream<Row>(query: string, query_params?: QueryParams) {
        const result = await within((abort_signal) =>
          client.query({
            query,
            query_params,
            clickhouse_settings: bounded,
            format: 'JSONEachRow',
            abort_signal,
          }),
        );
        for await (const chunk of result.stream()) yield chunk.map((row) => row.json<Row>());
      },
      bytes: async (query, query_params, settings) => {
        const clickhouse_settings = { ...bounded, ...settings };
        const { stream } = await within((abort_signal) =>
          client.exec({ query, query_params, clickhouse_settings, abort_signal }),
        );
        return stream;
      },
      command: (query, query_params, settings) =>
        within(async (abort_signal) => {
          const clickhouse_settings = { ...waited, ...settings };
          await client.command({ query, query_params, clickhouse_settings, abort_signal });
        }),
      insert: ({ table, columns, format, body, token, settings }) =>
        within(async (abort_signal) => {
          const clickhouse_settings = { ...waited, ...settings };
          if (token !== undefined) clickhouse_settings.insert_deduplication_token = token;
          const values = body instanceof Readable ? body : Readable.from([body], { objectMode: false });
          const query = `INSERT INTO ${table} (${columns.join(', ')}) FORMAT ${format}`;
          const { stream } = await client.exec({ query, values, clickhouse_settings, abort_signal });
          await finished(stream.resume());
        }),
      ping: () =>
        within(async () => {
          const answer = await client.ping();
          if (!answer.success) throw answer.error;
        }),
      within: (bounds) => of({ ...bounds, settings: { ...ours, ...bounds.settings } }),
      close: () => client.close(),
    };
  }
}
