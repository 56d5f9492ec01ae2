import { createStore } from '@tocsin/clickhouse';
import { createMetrics } from '@tocsin/metrics';
import { createHealthServer, createLogger, type Env, runService, storeAddress } from '@tocsin/runtime';
import { readConfig } from './config.ts';
import { createLoop } from './loop.ts';
import { registries } from './registries.ts';
import { rolloutAnswers } from './rollout-answers.ts';

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
  const answers = rolloutAnswers({ store, log, everyMs: config.ANSWERS_EVERY_MS });
  const connection = { name: 'store', stop: () => store.close() };
  return runService({ parts: [connection, health, files, loop, answers], log, signal });
}
