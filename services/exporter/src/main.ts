import { createStore, isRetryable, verifyStore } from '@tocsin/clickhouse';
import { createMetrics } from '@tocsin/metrics';
import {
  createHealthServer,
  createLogger,
  type Env,
  rounds,
  runService,
  storeAddress,
} from '@tocsin/runtime';
import { readConfig } from './config.ts';
import { feedReader } from './feed.ts';
import { readNetwork } from './network.ts';
import { showNetwork } from './show-network.ts';

const LONGEST_REST_MS = 30_000;

/**
 * Shows the network, as the views have it, to Prometheus until `signal` is aborted; resolves to the exit code. By when
 * alerts were received, so that a backfill raises no alarm, and from the store, so that no kill loses a count.
 * @throws ConfigError
 */
export async function run(env: Env, signal: AbortSignal): Promise<number> {
  const config = readConfig(env);
  const log = createLogger({ level: config.LOG_LEVEL, name: 'exporter' });
  const metrics = createMetrics('exporter');
  const store = createStore({ ...storeAddress(config), requestTimeoutMs: 300_000 });
  let trouble: string | null = 'has not read the network yet';

  const showFeed = feedReader(store, metrics);
  /** Whatever it takes, most of the store is left to others; but no alarm waits for minutes. */
  const part = (name: string, everyMs: number, round: (nowMs: number) => Promise<void>) =>
    rounds(
      {
        name,
        log,
        failed: `${name}: asked again`,
        mayPass: isRetryable,
        rest: (tookMs) => Math.max(everyMs, Math.min(4 * tookMs, LONGEST_REST_MS)),
      },
      () => round(Date.now()),
    );
  const parts = [
    part('feed', config.FEED_EVERY_MS, async (nowMs) => {
      await showFeed(nowMs);
      metrics.read.set({ part: 'feed' }, nowMs / 1000);
    }),
    part('hours', config.HOURS_EVERY_MS, async (nowMs) => {
      showNetwork(metrics, await readNetwork(store, nowMs));
      metrics.read.set({ part: 'hours' }, nowMs / 1000);
      trouble = null;
    }),
    part('proof', config.VERIFY_EVERY_MS, async () => {
      const { violations } = await verifyStore(store);
      metrics.differences.set(Object.values(violations).reduce((sum, n) => sum + n, 0));
      metrics.verified.set(Date.now() / 1000);
    }),
  ];
  const health = createHealthServer({
    log,
    host: config.METRICS_HOST,
    port: config.METRICS_PORT,
    registry: metrics.registry,
    ready: { network: () => trouble },
  });
  const connection = { name: 'store', stop: () => store.close() };
  return runService({ parts: [connection, health, ...parts], log, signal });
}
