import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ClickHouse, type Kafka, startClickHouse, startKafka } from '@tocsin/embedded';
import { type ClickHouseProxy, startClickHouseProxy } from './clickhouse-proxy.ts';
import { type KafkaProxy, startKafkaProxy } from './kafka-proxy.ts';

export interface Engines {
  /** Where Kafka answers; stays the same over restarts. */
  readonly brokers: string;
  readonly clickhouseUrl: string;
  /** SIGKILL and, after `meanwhile`, a new start on the same data and port. Resolves once it answers again. */
  killKafka(meanwhile?: () => Promise<unknown>): Promise<void>;
  killClickHouse(): Promise<void>;
  /** It takes connections and answers nobody, until what this gives is called. */
  pauseClickHouse(): () => void;
  /** Kafka's data deleted: what starts is another cluster. */
  wipeKafka(): Promise<void>;
  /** ClickHouse's data deleted: what starts is an empty store. */
  wipeClickHouse(): Promise<void>;
  stop(): Promise<void>;
}

/** Engines in front of which each request can be held. */
export interface HeldEngines extends Engines {
  readonly kafka: KafkaProxy;
  readonly clickhouse: ClickHouseProxy;
}

/** Both engines on free ports, their data in a temporary folder that `stop` removes. */
export async function startEngines(kafkaConfig: Record<string, string> = {}): Promise<Engines> {
  const folder = await mkdtemp(join(tmpdir(), 'tocsin-engines-'));
  const kafkaFolder = join(folder, 'kafka');
  const clickhouseFolder = join(folder, 'clickhouse');
  const start = {
    kafka: (port?: number) => startKafka({ dataDir: kafkaFolder, port, config: kafkaConfig }),
    clickhouse: (port?: number) => startClickHouse({ dataDir: clickhouseFolder, port }),
  };
  const engines: { kafka: Kafka; clickhouse: ClickHouse } = {
    kafka: await start.kafka(),
    clickhouse: await start.clickhouse(),
  };
  const { brokers, port: kafkaPort } = engines.kafka;
  const { url: clickhouseUrl, port: clickhousePort } = engines.clickhouse;

  async function killed({ pid, exited }: Kafka | ClickHouse): Promise<void> {
    process.kill(pid, 'SIGKILL');
    await exited;
  }

  return {
    brokers,
    clickhouseUrl,
    async killKafka(meanwhile = async () => {}) {
      await killed(engines.kafka);
      await meanwhile();
      engines.kafka = await start.kafka(kafkaPort);
    },
    async killClickHouse() {
      await killed(engines.clickhouse);
      engines.clickhouse = await start.clickhouse(clickhousePort);
    },
    pauseClickHouse() {
      const { pid } = engines.clickhouse;
      process.kill(pid, 'SIGSTOP');
      return () => void process.kill(pid, 'SIGCONT');
    },
    async wipeKafka() {
      await killed(engines.kafka);
      await rm(kafkaFolder, { recursive: true });
      engines.kafka = await start.kafka(kafkaPort);
    },
    async wipeClickHouse() {
      await killed(engines.clickhouse);
      await rm(clickhouseFolder, { recursive: true });
      engines.clickhouse = await start.clickhouse(clickhousePort);
    },
    async stop() {
      await Promise.all([engines.kafka.stop(), engines.clickhouse.stop()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export async function startHeldEngines(kafkaConfig: Record<string, string> = {}): Promise<HeldEngines> {
  let brokerPort = 0;
  const kafka = await startKafkaProxy(() => brokerPort);
  const engines = await startEngines({
    ...kafkaConfig,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${kafka.port}`,
  });
  brokerPort = Number(engines.brokers.split(':')[1]);
  const clickhouse = await startClickHouseProxy(engines.clickhouseUrl);
  return {
    ...engines,
    brokers: `127.0.0.1:${kafka.port}`,
    clickhouseUrl: clickhouse.url,
    kafka,
    clickhouse,
    async stop() {
      await Promise.all([kafka.close(), clickhouse.close()]);
      await engines.stop();
    },
  };
}
