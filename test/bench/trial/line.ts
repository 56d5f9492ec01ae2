import { join } from 'node:path';
import { createStore, type Store } from '@tocsin/clickhouse';
import { type Embedded, startEmbedded } from '@tocsin/embedded';
import { type Env, type Service, startService, tocsin } from '../../support/service.ts';
import { type Usage, watch } from '../processes.ts';

/** The whole line as it is deployed, each part in a process of its own. */
export interface Line {
  readonly env: Env;
  readonly store: Store;
  readonly engines: Embedded;
  /** What each process used since the line began. */
  used(): Usage[];
  /** Rejects when a part ends by itself: nothing that is waited for would come any more. */
  readonly broken: Promise<never>;
  stop(): Promise<void>;
}

const PARTS = ['processor', 'inventory', 'builder'] as const;

export async function startLine(dataDir: string, log: (line: string) => void): Promise<Line> {
  const engines = await startEmbedded({ dataDir: join(dataDir, 'engines'), log });
  const parts: Service[] = [];
  const { kafkaBrokers: KAFKA_BROKERS, clickhouseUrl: CLICKHOUSE_URL } = engines;
  const env = { ...process.env, KAFKA_BROKERS, CLICKHOUSE_URL, METRICS_PORT: '0' } as Env;
  const stop = async () => {
    await Promise.all(parts.map((part) => part.kill('SIGTERM')));
    await engines.stop();
  };
  try {
    const { code, stderr } = await tocsin(['migrate'], env);
    if (code !== 0) throw new Error(`migrate failed: ${stderr}`);
    for (const part of PARTS) parts.push(startService([part], env));
  } catch (error) {
    await stop();
    throw error;
  }
  const store = createStore({ url: CLICKHOUSE_URL });
  const used = watch({
    Kafka: engines.kafka.pid,
    ClickHouse: engines.clickhouse.pid,
    ...Object.fromEntries(PARTS.map((part, i) => [part, parts[i]!.pid])),
  });
  const broken = Promise.race(
    parts.map(async ({ exited, lines }, i): Promise<never> => {
      const { code } = await exited;
      throw new Error(`${PARTS[i]} ended with ${code}: ${JSON.stringify(lines.slice(-3))}`);
    }),
  );
  broken.catch(() => {});
  return { env, store, engines, used, broken, stop: () => store.close().then(stop) };
}
