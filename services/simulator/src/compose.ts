import {
  clusterOf,
  connectKafka,
  createProducer,
  ensureTopics,
  isRetryableKafkaError,
  type ProducedRecord,
  type Producer,
} from '@tocsin/kafka';
import type { Logger, Part } from '@tocsin/runtime';
import type { Config } from './config.ts';
import { createFeed } from './feed/feed.ts';
import { createFeedPart } from './feed-part.ts';
import { createScenarioPart } from './scenario-part.ts';

export function compose(config: Config, log: Logger): Part[] {
  const kafka = connectKafka({
    brokers: config.KAFKA_BROKERS,
    clientId: 'tocsin-simulator',
    log: (level, message, fields) => log[level](fields, message),
  });
  let producer: Producer | undefined;
  let cluster = '';
  const connection: Part = {
    name: 'kafka',
    async start() {
      const topics = [
        config.ALERTS_TOPIC,
        ...(config.FEED_SCENARIO === undefined ? [] : [config.INVENTORY_TOPIC]),
      ];
      await ensureTopics(kafka, topics);
      cluster = await clusterOf(kafka);
      producer = await createProducer(kafka, config.FEED_COMPRESSION);
    },
    stop: () => producer?.close(),
  };
  /** A Kafka that is away for longer than the client tries is waited for: a feed of devices does not end with it. */
  const send = async (topic: string, messages: readonly ProducedRecord[]): Promise<void> => {
    for (;;) {
      try {
        return await producer!.send(topic, messages);
      } catch (error) {
        if (!isRetryableKafkaError(error)) throw error;
        log.warn({ err: error }, 'sent again');
      }
    }
  };
  if (config.FEED_SCENARIO !== undefined) {
    const topics = { alerts: config.ALERTS_TOPIC, inventory: config.INVENTORY_TOPIC };
    const scenario = createScenarioPart({
      scenario: config.FEED_SCENARIO,
      scale: config.FEED_SCALE,
      seed: config.FEED_SEED,
      from: config.FEED_FROM,
      to: config.FEED_TO,
      population: config.FEED_POPULATION,
      untilNow: config.FEED_UNTIL === 'now',
      positionFile: config.FEED_POSITION,
      truthFile: config.FEED_TRUTH,
      alertsTruthFile: config.FEED_TRUTH_ALERTS,
      log,
      cluster: () => cluster,
      send: (topic, messages) => send(topics[topic], messages),
    });
    return [connection, scenario];
  }
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
    send: (messages) => send(config.ALERTS_TOPIC, messages),
    rate: config.FEED_RATE,
    count: config.FEED_COUNT ?? Number.POSITIVE_INFINITY,
    truthFile: config.FEED_TRUTH,
  });
  return [connection, part];
}
