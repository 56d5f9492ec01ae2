import { connectKafka } from '@tocsin/kafka';
import { CONFIG } from '@tocsin/processor';
import { parseEnv } from '@tocsin/runtime';

/** Takes so many messages from a topic and does nothing with them. Tells its parent of assignment and end. */
const [topic, groupId, messages] = process.argv.slice(2) as [string, string, string];
const config = parseEnv(CONFIG, process.env);
const kafka = connectKafka({ brokers: config.KAFKA_BROKERS, clientId: 'tocsin-bench' });
const consumer = kafka.consumer({
  groupId,
  maxBytes: config.FETCH_MAX_BYTES,
  maxBytesPerPartition: config.FETCH_PARTITION_MAX_BYTES,
  minBytes: config.FETCH_MIN_BYTES,
  maxWaitTimeInMs: config.FETCH_MAX_WAIT_MS,
});
consumer.on('consumer.group_join', () => process.send?.('assigned'));
await consumer.connect();
await consumer.subscribe({ topics: [topic], fromBeginning: true });
let left = Number(messages);
await consumer.run({
  autoCommit: false,
  partitionsConsumedConcurrently: config.CONCURRENCY,
  async eachBatch({ batch }) {
    left -= batch.messages.length;
    if (left === 0) process.send?.('drained');
  },
});
process.once('disconnect', () => process.exit());
