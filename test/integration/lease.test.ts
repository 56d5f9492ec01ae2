import type { Lease } from '@tocsin/delivery';
import {
  type Admin,
  committedOffsets,
  connectKafka,
  consume,
  createProducer,
  ensureTopics,
} from '@tocsin/kafka';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Engines, startEngines } from '../support/engines.ts';

let engines: Engines;
let admin: Admin;
beforeAll(async () => {
  engines = await startEngines();
  admin = kafka().admin();
  await admin.connect();
});
afterAll(async () => {
  await admin?.disconnect();
  await engines?.stop();
});

const kafka = () => connectKafka({ brokers: [engines.brokers], clientId: 'lease-test' });
const PLAN = JSON.stringify({ v: 1, first: 7, last: 9, at: 1, rules: '1', n: [3, 3, 0, 0], sum: 'x' });

/** A consumer whose first batch is handed over and not finished before the test says so. */
async function hold(topic: string, group: string) {
  await ensureTopics(kafka(), [topic], { partitions: 1, retentionBytes: -1 });
  const producer = await createProducer(kafka());
  await producer.send(topic, [{ key: 'k', value: Buffer.from('v') }]);
  await producer.close();
  let finish = () => {};
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  let handOver: (lease: Lease) => void = () => {};
  const lease = new Promise<Lease>((resolve) => {
    handOver = resolve;
  });
  const consumer = consume(kafka(), {
    topic,
    groupId: group,
    concurrency: 1,
    sessionTimeoutMs: 6000,
    limits: { maxBytes: 1 << 20, maxBytesPerPartition: 1 << 20, minBytes: 1, maxWaitMs: 50 },
    assigned: () => {},
    crashed: () => {},
    take: async (_partition, _batch, taken) => {
      handOver(taken);
      await finished;
    },
  });
  await consumer.joined;
  return { consumer, lease: await lease, finish };
}

const committed = async (topic: string, group: string) =>
  (await committedOffsets(admin, topic, group)).get(0);

test('a commit is with Kafka when it resolves, its plan with it', async () => {
  const { consumer, lease, finish } = await hold('plain', 'plain-group');
  await lease.commit(7, PLAN);
  expect(await committed('plain', 'plain-group')).toMatchObject({ offset: 7, plan: { first: 7, last: 9 } });
  finish();
  await consumer.stop();
});

test('a commit while the consumer stops either is with Kafka or throws', async () => {
  const { consumer, lease, finish } = await hold('stopping', 'stopping-group');
  const stopping = consumer.stop();
  await expect.poll(() => lease.active()).toBe(false);
  const outcome = await lease.commit(7, PLAN).then(
    () => 'committed',
    () => 'refused',
  );
  const { offset } = (await committed('stopping', 'stopping-group')) ?? { offset: null };
  expect([outcome, offset]).toEqual(outcome === 'committed' ? ['committed', 7] : ['refused', null]);
  finish();
  await stopping;
});

test('a commit of a member that the group has gone on without throws, and does not reach Kafka', async () => {
  const { consumer, lease, finish } = await hold('thrown-out', 'thrown-out-group');
  // The handler keeps the member from joining again, until Kafka goes on without it.
  const successor = await hold('thrown-out', 'thrown-out-group');
  await successor.lease.commit(1, '');
  await expect(lease.commit(7, PLAN)).rejects.toThrow();
  expect(await committed('thrown-out', 'thrown-out-group')).toMatchObject({ offset: 1, plan: null });
  finish();
  successor.finish();
  await Promise.all([consumer.stop(), successor.consumer.stop()]);
});
