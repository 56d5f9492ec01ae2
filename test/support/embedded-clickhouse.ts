import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ClickHouse, type ClickHouseOptions, startClickHouse } from '@tocsin/embedded';
import { afterAll, beforeAll } from 'vitest';

export interface Server {
  clickhouse: ClickHouse;
  /** Sends a statement as the body of a POST. @returns the answer's text, whatever its status */
  sql(statement: string, parameters?: Record<string, string>): Promise<string>;
  /** The same, with the whole answer. */
  post(
    body: string | Uint8Array,
    parameters?: Record<string, string>,
    headers?: Record<string, string>,
  ): Promise<Response>;
}

/** One embedded ClickHouse for all tests of a file. */
export function useClickHouse(options: Partial<ClickHouseOptions> = {}): Server {
  let dataDir: string;
  const server: Server = {
    clickhouse: undefined as unknown as ClickHouse,
    post: (body, parameters = {}, headers = {}) =>
      fetch(`${server.clickhouse.url}/?${new URLSearchParams(parameters)}`, {
        method: 'POST',
        body,
        headers,
      }),
    sql: async (statement, parameters) => (await server.post(statement, parameters)).text(),
  };
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'tocsin-clickhouse-'));
    server.clickhouse = await startClickHouse({ dataDir, ...options });
  });
  afterAll(async () => {
    await server.clickhouse.stop();
    await rm(dataDir, { recursive: true });
  });
  return server;
}
