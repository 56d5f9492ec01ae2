import { createLogger, type Env, runService } from '@tocsin/runtime';
import { compose } from './compose.ts';
import { readConfig } from './config.ts';

/** Produces the feed until its count is reached or `signal` is aborted; resolves to the exit code. Throws ConfigError. */
export async function run(env: Env, signal: AbortSignal): Promise<number> {
  const config = readConfig(env);
  const log = createLogger({ level: config.LOG_LEVEL, name: 'simulator' });
  return runService({ parts: compose(config, log), log, signal });
}
