import { join } from 'node:path';
import { type ClickHouse, startClickHouse } from './clickhouse/process.ts';
import { dataFolder } from './folders.ts';
import { type Kafka, startKafka } from './kafka/node.ts';

/** Where both engines keep their data and listen. `signal` gives up a start that is under way. */
export interface EmbeddedOptions {
  /** Holds `kafka/` and `clickhouse/`; `~/.local/share/tocsin` if left out. */
  dataDir?: string;
  /** Free ports if left out. */
  kafkaPort?: number;
  clickhousePort?: number;
  signal?: AbortSignal;
  /** Told what takes long, such as the first download. */
  log?: (line: string) => void;
}

/** Both engines, and where they answer. */
export interface Embedded {
  kafkaBrokers: string;
  clickhouseUrl: string;
  kafka: Kafka;
  clickhouse: ClickHouse;
  /** Resolves with the engine's name when one ends, wanted or not. */
  exited: Promise<'Kafka' | 'ClickHouse'>;
  stop(): Promise<void>;
}

/** Starts both engines side by side; if one doesn't come up, the other is stopped again. */
export async function startEmbedded(options: EmbeddedOptions = {}): Promise<Embedded> {
  const { dataDir = dataFolder(), kafkaPort, clickhousePort, log, signal } = options;
  if (kafkaPort !== undefined && kafkaPort === clickhousePort)
    throw new Error(`Kafka and ClickHouse can't both have port ${kafkaPort}`);
  const started = await Promise.allSettled([
    startKafka({
      dataDir: join(dataDir, 'kafka'),
      port: kafkaPort,
      log,
      signal,
    }),
    startClickHouse({
      dataDir: join(dataDir, 'clickhouse'),
      port: clickhousePort,
      signal,
    }),
  ]);
  const [kafka, clickhouse] = started;
  if (kafka.status === 'rejected' || clickhouse.status === 'rejected') {
    await Promise.all(started.map((one) => one.status === 'fulfilled' && one.value.stop()));
    throw kafka.status === 'rejected' ? kafka.reason : (clickhouse as PromiseRejectedResult).reason;
  }
  return {
    kafkaBrokers: kafka.value.brokers,
    clickhouseUrl: clickhouse.value.url,
    kafka: kafka.value,
    clickhouse: clickhouse.value,
    exited: Promise.race([
      kafka.value.exited.then(() => 'Kafka' as const),
      clickhouse.value.exited.then(() => 'ClickHouse' as const),
    ]),
    stop: async () => {
      await Promise.all([kafka.value.stop(), clickhouse.value.stop()]);
    },
  };
}
