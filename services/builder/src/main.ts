import { createStore, type Store } from '@tocsin/clickhouse';
import { createMetrics } from '@tocsin/metrics';
import {
  createHealthServer,
  createLogger,
  type Env,
  type Logger,
  type Part,
  runService,
  storeAddress,
} from '@tocsin/runtime';
import { type BuilderConfig, readConfig } from './config.ts';
import { createLoop } from './loop.ts';
import { registries } from './registries.ts';

/** Builds hours and days until `signal` is aborted; resolves to the exit code. Throws ConfigError. */
export async function run(env: Env, signal: AbortSignal): Promise<number> {
  const config = readConfig(env);
  const log = createLogger({ level: config.LOG_LEVEL, name: 'builder' });
  const metrics = createMetrics('builder');
  const store = createStore({ ...storeAddress(config), requestTimeoutMs: 300_000 });
  const loop = createLoop({
    store,
    metrics,
    log,
    intervalMs: config.BUILD_INTERVAL_MS,
    sweepAfterSeconds: config.SWEEP_AFTER_SECONDS,
    keepDays: config.RAW_RETENTION_DAYS,
    policy: {
      graceSeconds: config.BUILD_GRACE_SECONDS,
      quietSeconds: config.BUILD_QUIET_SECONDS,
      patienceSeconds: config.BUILD_PATIENCE_SECONDS,
    },
  });
  const health = createHealthServer({
    log,
    host: config.METRICS_HOST,
    port: config.METRICS_PORT,
    registry: metrics.registry,
    ready: { builder: loop.trouble },
  });
  const files = registries({
    store,
    folder: config.REGISTRY,
    fit: { shiftWeeks: config.REGISTRY_SHIFT_WEEKS, scale: config.REGISTRY_SCALE },
    log,
  });
  const answers = await answersOf(config, store, log);
  const connection = { name: 'store', stop: () => store.close() };
  return runService({ parts: [connection, health, files, loop, ...answers], log, signal });
}

/** The questions are loaded by whoever asks them. */
async function answersOf(
  { ANSWERS_EVERY_MS: everyMs }: BuilderConfig,
  store: Store,
  log: Logger,
): Promise<Part[]> {
  if (everyMs === 0) return [];
  const { rolloutAnswers } = await import('./rollout-answers.ts');
  return [rolloutAnswers({ store, log, everyMs })];
}
