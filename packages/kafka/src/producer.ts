import kafkajs, { type IHeaders, type Kafka } from 'kafkajs';

const { CompressionTypes, Partitioners } = kafkajs;

const COMPRESSIONS = {
  none: CompressionTypes.None,
  gzip: CompressionTypes.GZIP,
  snappy: CompressionTypes.Snappy,
  lz4: CompressionTypes.LZ4,
} as const;

/** What our producers can write; zstd is read, but not written. */
export type Compression = keyof typeof COMPRESSIONS;

/** A record to be sent; those with the same key go to the same partition. */
export interface ProducedRecord {
  readonly key: string | Buffer | null;
  readonly value: Buffer;
  readonly headers?: IHeaders;
  /** ms since the epoch; by default the time of sending. */
  readonly timestamp?: number;
}

/** Sends records; rejects with the error of Kafka's client, which has tried again where that may help. */
export interface Producer {
  /** Resolves once all replicas in sync have the records. */
  send(topic: string, records: readonly ProducedRecord[]): Promise<void>;
  close(): Promise<void>;
}

/** A producer that spreads by key, so that a device's alerts stay in order. */
export async function createProducer(kafka: Kafka, compression: Compression = 'none'): Promise<Producer> {
  const producer = kafka.producer({
    createPartitioner: Partitioners.DefaultPartitioner,
    allowAutoTopicCreation: false,
  });
  await producer.connect();
  return {
    async send(topic, records) {
      const messages = records.map(({ timestamp, ...record }) =>
        timestamp === undefined ? record : { ...record, timestamp: String(timestamp) },
      );
      await producer.send({
        topic,
        messages,
        acks: -1,
        compression: COMPRESSIONS[compression],
      });
    },
    close: () => producer.disconnect(),
  };
}
