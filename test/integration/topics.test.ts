import { connectKafka, createProducer, ensureTopics } from '@tocsin/kafka';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Engines, startEngines } from '../support/engines.ts';
import { offsetsOf } from '../support/kafka-tools.ts';

let engines: Pick<Engines, 'brokers' | 'stop'>;
beforeAll(async () => {
  engines = await startEngines();
});
afterAll(() => engines.stop());

test('topics that several make at once can be written to when the call returns', async () => {
  const kafka = connectKafka({ brokers: [engines.brokers], clientId: 'test' });
  const producer = await createProducer(kafka);
  try {
    for (let round = 0; round < 10; round++) {
      const topics = [`made-${round}`, `made-${round}.rejected`];
      await Promise.all(topics.map((_, i) => ensureTopics(kafka, topics.slice(i))));
      for (const topic of topics) await producer.send(topic, [{ key: 'k', value: Buffer.from('v') }]);
    }
  } finally {
    await producer.close();
  }
  const ends = await offsetsOf(engines.brokers, 'made-9', 'latest');
  expect([...ends.values()].reduce((sum, end) => sum + end, 0)).toBe(1);
}, 60_000);
