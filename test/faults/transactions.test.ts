import { connectKafka, ensureTopics } from '@tocsin/kafka';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Engines, startEngines } from '../support/engines.ts';
import { countCommitted, countProduced } from '../support/kafka-tools.ts';
import { type Lane, openLane } from '../support/lane.ts';
import { prove, untilLedgered } from '../support/proof.ts';

let engines: Engines;
beforeAll(async () => {
  engines = await startEngines();
});
afterAll(() => engines.stop());

const DEVICE = '00-DB-12-34-56-78-90-A0';
let counter = 0;

const alert = (filler: string) =>
  JSON.stringify({
    requestId: `${DEVICE}:90-B3-D5-1F-30-01-00-00:${++counter}`,
    deviceId: DEVICE,
    alertCode: '8F3E',
    raisedAt: '2020-07-07T09:59:58.000Z',
    receivedAt: '2020-07-07T10:00:00.000Z',
    filler,
  });

/** What a producer sends to partition 0, in order: how many records, and what becomes of their transaction. */
type Sending = readonly [count: number, end: 'commit' | 'abort'];

async function send(
  { brokers, topic, name }: Lane,
  sendings: readonly Sending[],
  filler = '',
): Promise<void> {
  const kafka = connectKafka({ brokers: [brokers], clientId: 'transactions' });
  const transactionalId = `${name}-${counter}`;
  const producer = kafka.producer({ transactionalId, idempotent: true, maxInFlightRequests: 1 });
  await producer.connect();
  try {
    for (const [count, end] of sendings) {
      const transaction = await producer.transaction();
      const messages = Array.from({ length: count }, () => ({ value: alert(filler), partition: 0 }));
      for (let from = 0; from < count; from += 100)
        await transaction.send({ topic, messages: messages.slice(from, from + 100) });
      await transaction[end]();
    }
  } finally {
    await producer.disconnect();
  }
}

async function openTransactionLane(name: string, env: Record<string, string> = {}): Promise<Lane> {
  const lane = await openLane(engines, name, env);
  const kafka = connectKafka({ brokers: [lane.brokers], clientId: 'transactions' });
  await ensureTopics(kafka, [lane.topic], { partitions: 1, retentionBytes: -1 });
  return lane;
}

describe.concurrent('records of transactions', () => {
  test('committed ones count, aborted and control records do not, before and after a kill', async () => {
    const lane = await openTransactionLane('transactions');
    try {
      const victim = lane.processor();
      await send(lane, [
        [10, 'commit'],
        [5, 'abort'],
        [3, 'commit'],
        [4, 'abort'],
        [2, 'abort'],
      ]);
      await untilLedgered(lane, 13);
      await victim.kill();
      await send(lane, [
        [1, 'abort'],
        [7, 'commit'],
      ]);
      lane.processor();
      expect(await countCommitted(lane.brokers, lane.topic)).toBe(20);
      expect(await countProduced(lane.brokers, lane.topic)).toBeGreaterThan(20);
      await prove(lane, { produced: 20, accepted: 20 });
    } finally {
      await lane.close();
    }
  });

  test('an aborted transaction larger than a fetch is passed over', async () => {
    const lane = await openTransactionLane('large', {
      FETCH_PARTITION_MAX_BYTES: String(1 << 20),
      FETCH_MAX_BYTES: String(1 << 20),
    });
    try {
      await send(
        lane,
        [
          [5, 'commit'],
          [4000, 'abort'],
          [6, 'commit'],
        ],
        'x'.repeat(1000),
      );
      const processor = lane.processor();
      await prove(lane, { produced: await countCommitted(lane.brokers, lane.topic), accepted: 11 });
      const times = (step: string) => processor.lines.filter(({ msg }) => msg === step).length;
      // On a busy machine the group may assign anew, after which its position is looked up again.
      expect(times('resumed')).toBeLessThan(5 * times('assigned'));
    } finally {
      await lane.close();
    }
  });
});
