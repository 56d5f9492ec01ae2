import { join } from 'node:path';
import { startClickHouse, startKafka } from '@tocsin/embedded';

export interface Engines {
  readonly kafkaBrokers: readonly string[];
  readonly clickhouseUrl: string;
  /** Why an engine of ours ended, in words, once one has. */
  readonly ended: Promise<string>;
  stop(): Promise<void>;
}

export interface EnginesOptions {
  /** Kafka that is there already: then none is started. */
  readonly kafkaBrokers: readonly string[] | undefined;
  readonly clickhouseUrl: string | undefined;
  /** Folder of the engines that are started; in the user's data folder unless given. */
  readonly dataDir: string;
  readonly signal: AbortSignal;
  readonly log: (line: string) => void;
}

/** Both engines: those given, and ours for those that aren't. */
export async function provideEngines(options: EnginesOptions): Promise<Engines> {
  const { kafkaBrokers, clickhouseUrl, dataDir, signal, log } = options;
  const [kafka, clickhouse] = await Promise.allSettled([
    kafkaBrokers === undefined ? startKafka({ dataDir: join(dataDir, 'kafka'), signal, log }) : null,
    clickhouseUrl === undefined ? startClickHouse({ dataDir: join(dataDir, 'clickhouse'), signal }) : null,
  ]);
  const stop = async () => {
    const started = [kafka, clickhouse].map((one) => (one.status === 'fulfilled' ? one.value : null));
    await Promise.all(started.map((engine) => engine?.stop()));
  };
  if (kafka.status === 'rejected' || clickhouse.status === 'rejected') {
    await stop();
    throw kafka.status === 'rejected' ? kafka.reason : (clickhouse as PromiseRejectedResult).reason;
  }
  const endings = [
    kafka.value?.exited.then(() => 'Kafka ended by itself'),
    clickhouse.value?.exited.then(() => 'ClickHouse ended by itself'),
  ];
  return {
    kafkaBrokers: kafkaBrokers ?? [kafka.value!.brokers],
    clickhouseUrl: clickhouseUrl ?? clickhouse.value!.url,
    ended: Promise.race(endings.filter((ending) => ending !== undefined)),
    stop,
  };
}
