import { createMetrics } from '@tocsin/metrics';
import { createHealthServer, createLogger, type Env, runService } from '@tocsin/runtime';
import { compose } from './compose.ts';
import { readConfig } from './config.ts';

/**
 * Takes alerts from Kafka into the store, exactly once, until the signal. Returns the exit code.
 * @throws ConfigError with every fault of the configuration
 */
export async function run(env: Env, signal: AbortSignal): Promise<number> {
  const config = readConfig(env);
  const log = createLogger({ level: config.LOG_LEVEL, name: 'processor' });
  const metrics = createMetrics('processor');
  const { parts, trouble } = compose(config, log, metrics);
  const health = createHealthServer({
    log,
    host: config.METRICS_HOST,
    port: config.METRICS_PORT,
    registry: metrics.registry,
    ready: { partitions: trouble },
  });
  return runService({ parts: [health, ...parts], log, signal });
}
