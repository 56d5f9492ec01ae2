import {
  connectKafka,
  createProducer,
  ensureTopics,
  isRetryableKafkaError,
  type Producer,
} from '@tocsin/kafka';
import type { Logger, Part } from '@tocsin/runtime';
import type { Config } from './config.ts';
import { createFeed, type FeedMessage } from './feed/feed.ts';
import { createFeedPart } from './feed-part.ts';

export function compose(config: Config, log: Logger): Part[] {
  const kafka = connectKafka({
    brokers: config.KAFKA_BROKERS,
    clientId: 'tocsin-simulator',
    log: (level, message, fields) => log[level](fields, message),
  });
  let producer: Producer | undefined;
  const connection: Part = {
    name: 'kafka',
    async start() {
      await ensureTopics(kafka, [config.ALERTS_TOPIC]);
      producer = await createProducer(kafka, config.FEED_COMPRESSION);
    },
    stop: () => producer?.close(),
  };
  /** A Kafka that is away for longer than the client tries is waited for: a feed of devices does not end with it. */
  const send = async (messages: readonly FeedMessage[]): Promise<void> => {
    for (;;) {
      try {
        return await producer!.send(config.ALERTS_TOPIC, messages);
      } catch (error) {
        if (!isRetryableKafkaError(error)) throw error;
        log.warn({ err: error }, 'sent again');
      }
    }
  };
  const feed = createFeed({
    seed: config.FEED_SEED,
    devices: config.FEED_DEVICES,
    startMs: config.FEED_START ?? Date.now(),
    spacingMs: config.FEED_SPACING_MS,
    shares: {
      encodings: config.FEED_ENCODINGS,
      duplicates: config.FEED_DUPLICATES,
      rejects: config.FEED_REJECTS,
      wrongClocks: config.FEED_WRONG_CLOCKS,
    },
  });
  const part = createFeedPart({
    feed,
    log,
    send,
    rate: config.FEED_RATE,
    count: config.FEED_COUNT ?? Number.POSITIVE_INFINITY,
    truthFile: config.FEED_TRUTH,
  });
  return [connection, part];
}
