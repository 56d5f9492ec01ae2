import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createStore, type Store } from '@tocsin/clickhouse';
import { startEmbedded } from '@tocsin/embedded';
import { type Env, type Service, startService, tocsin } from './service.ts';

/** Engines, a migrated store and one processor: the whole line as a user would run it. */
export interface Line {
  readonly env: Env;
  readonly brokers: string;
  readonly store: Store;
  readonly processor: Service;
  stop(): Promise<void>;
}

/** @param extra environment of the services, over what the engines' addresses say */
export async function startLine(extra: Env = {}): Promise<Line> {
  const dataDir = await mkdtemp(join(tmpdir(), 'tocsin-line-'));
  const engines = await startEmbedded({ dataDir });
  const env = {
    KAFKA_BROKERS: engines.kafkaBrokers,
    CLICKHOUSE_URL: engines.clickhouseUrl,
    METRICS_PORT: '0',
    LOG_LEVEL: 'debug',
    ...extra,
  };
  const { code, stderr } = await tocsin(['migrate'], env);
  if (code !== 0) throw new Error(`migrate failed: ${stderr}`);
  const processor = startService(['processor'], env);
  await processor.line('a position', ({ msg }) => msg === 'resumed');
  const store = createStore({ url: engines.clickhouseUrl });
  return {
    env,
    brokers: engines.kafkaBrokers,
    store,
    processor,
    async stop() {
      await processor.kill('SIGTERM');
      await store.close();
      await engines.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
