import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createApp,
  createAsker,
  developmentKey,
  developmentVerifier,
  type Limits,
  signToken,
} from '@tocsin/api';
import type { Store } from '@tocsin/clickhouse';
import { createMetrics } from '@tocsin/metrics';
import { createLogger } from '@tocsin/runtime';

export interface Api {
  readonly url: string;
  /** Who asks: a bearer token. */
  token(role: string, party?: string): Promise<string>;
  get(
    path: string,
    token?: string,
    headers?: Record<string, string>,
    signal?: AbortSignal,
  ): Promise<Response>;
  stop(): Promise<void>;
}

/** The API over a store, on a free port, with a key of its own. */
export async function startApi(
  store: Store,
  { requestsAMinute = 1_000_000, ...limits }: Partial<Limits> & { requestsAMinute?: number } = {},
): Promise<Api> {
  const folder = await mkdtemp(join(tmpdir(), 'tocsin-api-'));
  const key = await developmentKey(join(folder, 'key.json'));
  const app = await createApp({
    log: createLogger({ level: process.env.API_LOG === '1' ? 'error' : 'silent', name: 'api' }),
    metrics: createMetrics('api'),
    asker: createAsker(store, {
      queryTimeoutMs: 120_000,
      queryMemoryBytes: 2_000_000_000,
      exportTimeoutMs: 600_000,
      ...limits,
    }),
    verify: developmentVerifier(key),
    requestsAMinute,
    loopback: true,
    signIn: { by: 'token' },
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    url,
    token: (role, party) => signToken(key, { role, party }, 3600),
    get: (path, token, headers = {}, signal) =>
      fetch(url + path, {
        headers: { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...headers },
        ...(signal ? { signal } : {}),
        redirect: 'manual',
      }),
    async stop() {
      const closed = app.close();
      // A client that went away in the middle of an answer may have left a connection, which would be kept for 72 s.
      app.server.closeAllConnections();
      await closed;
      await rm(folder, { recursive: true });
    },
  };
}
