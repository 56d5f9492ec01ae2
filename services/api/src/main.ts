import { randomBytes } from 'node:crypto';
import { createStore } from '@tocsin/clickhouse';
import { createMetrics } from '@tocsin/metrics';
import {
  ConfigError,
  createHealthServer,
  createLogger,
  type Env,
  runService,
  storeAddress,
} from '@tocsin/runtime';
import { createApp } from './app.ts';
import { createAsker } from './asker.ts';
import { type Config, isLoopback, readConfig } from './config.ts';
import { withAddressToken } from './guard/address-token.ts';
import { developmentKey, developmentVerifier } from './guard/development.ts';
import { keysOf, type Verify, verifier } from './guard/verify.ts';
import { Refused } from './guard/viewer.ts';
import type { SignIn } from './routes/sign-in.ts';

const MEGABYTE = 1_000_000;
/** How long answers that are under way have, once the API is told to stop. */
const PATIENCE_MS = 5000;

/**
 * Answers questions over HTTP until `signal` is aborted; resolves to the exit code.
 * @throws ConfigError
 */
export async function run(env: Env, signal: AbortSignal): Promise<number> {
  const config = readConfig(env);
  const log = createLogger({ level: config.LOG_LEVEL, name: 'api' });
  const metrics = createMetrics('api');
  // Within it each request has its own; the connection's would else end an export that is long before its first byte.
  const longest = Math.max(config.QUERY_TIMEOUT_SECONDS, config.EXPORT_TIMEOUT_SECONDS) * 1000;
  const store = createStore({ ...storeAddress(config), requestTimeoutMs: longest });
  const { verify, shown } = await trusted(config);
  const app = await createApp({
    log,
    metrics,
    asker: createAsker(store, {
      queryTimeoutMs: config.QUERY_TIMEOUT_SECONDS * 1000,
      queryMemoryBytes: config.QUERY_MEMORY_MB * MEGABYTE,
      exportTimeoutMs: config.EXPORT_TIMEOUT_SECONDS * 1000,
    }),
    verify,
    requestsAMinute: config.REQUESTS_A_MINUTE,
    loopback: isLoopback(config),
    signIn: signInOf(config),
  });
  const connection = { name: 'store', stop: () => store.close() };
  const door = {
    name: 'door',
    start: async () => {
      const at = await app.listen({ host: config.API_HOST, port: config.API_PORT });
      log.info({ address: at }, 'API listens');
      // It is for whoever started this, and for no log.
      if (shown && !config.API_TOKEN) process.stderr.write(`console and API: ${at}/?token=${shown}\n`);
    },
    async stop() {
      // A client that does not go, or that never comes to the end of what it asks, would be waited for.
      const late = setTimeout(() => app.server.closeAllConnections(), PATIENCE_MS);
      await app.close().finally(() => clearTimeout(late));
    },
  };
  const health = createHealthServer({
    log,
    host: config.METRICS_HOST,
    port: config.METRICS_PORT,
    registry: metrics.registry,
    ready: {
      store: async () => {
        await store.ping();
        return null;
      },
    },
  });
  return runService({ parts: [connection, door, health], log, signal });
}

function signInOf({ AUTH_ISSUER, AUTH_CLIENT_ID, AUTH_SCOPE, AUTH_AUDIENCE }: Config): SignIn {
  if (AUTH_ISSUER === undefined || AUTH_CLIENT_ID === undefined) return { by: 'token' };
  const client = { clientId: AUTH_CLIENT_ID, scope: AUTH_SCOPE, audience: AUTH_AUDIENCE };
  return { by: 'issuer', issuer: AUTH_ISSUER, ...client };
}

/** @throws ConfigError where it is a file that has none */
function readKeys(where: string) {
  try {
    return keysOf(where);
  } catch (error) {
    throw new ConfigError([
      `AUTH_JWKS is "${where}": expected an address, or a file of keys (${(error as Error).message})`,
    ]);
  }
}

/** Whose tokens are believed: an issuer's, or without one those of this machine. */
async function trusted(config: Config): Promise<{ verify: Verify; shown: string | null }> {
  if (config.AUTH_ISSUER !== undefined) {
    const verify = verifier(readKeys(config.AUTH_JWKS!), {
      issuer: config.AUTH_ISSUER,
      audience: config.AUTH_AUDIENCE,
      algorithms: config.AUTH_ALGORITHMS,
      clockSkewSeconds: config.AUTH_CLOCK_SKEW_SECONDS,
    });
    return { verify, shown: null };
  }
  const token = config.API_TOKEN ?? randomBytes(24).toString('base64url');
  const signed: Verify = config.API_KEY_FILE
    ? developmentVerifier(await developmentKey(config.API_KEY_FILE))
    : () => Promise.reject(new Refused('expected the token of the address that was shown at the start'));
  return { verify: withAddressToken(token, signed), shown: token };
}
