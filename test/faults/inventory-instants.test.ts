import { formatEui64 } from '@tocsin/domain';
import { connectKafka, createProducer, type Producer } from '@tocsin/kafka';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type HeldEngines, startHeldEngines } from '../support/engines.ts';
import { holdCommit, holdDeadLetters, holdInsert, type Instant } from '../support/instants.ts';
import { countProduced } from '../support/kafka-tools.ts';
import { type Lane, openLane } from '../support/lane.ts';
import { verify } from '../support/proof.ts';
import { type Relay, startRelay } from '../support/relay.ts';

/** Every instant between two steps, with the last step that the log then has of the block. */
const INSTANTS: [string, Instant, string][] = [
  ['before the plan', holdCommit('before', 'plan'), 'prepared'],
  ['after the plan, unanswered', holdCommit('after', 'plan'), 'prepared'],
  ['before the ledger', holdInsert('before', 'inventory_blocks'), 'planned'],
  ['after the ledger, unanswered', holdInsert('after', 'inventory_blocks'), 'planned'],
  ['before the rejects are stored', holdInsert('before', 'rejected'), 'ledgered'],
  ['after the rejects reached their topic, unanswered', holdDeadLetters('after'), 'ledgered'],
  ['before the rows', holdInsert('before', 'device_history'), 'buried'],
  ['after the rows, unanswered', holdInsert('after', 'device_history'), 'buried'],
  ['before the commit', holdCommit('before', 'next'), 'inserted'],
  ['after the commit, unanswered', holdCommit('after', 'next'), 'inserted'],
];

const TABLES = { ledger: 'inventory_blocks', rows: 'device_history' };

/** Told of before each kill. */
const DEVICES = 400;

/**
 * Of each device: two events, one of them twice, and of every tenth one that can't be read. A producer whose answer was
 * lost sends again, so that duplicates and what can't be read may be more.
 */
function recordsOf(n: number) {
  const key = formatEui64({ hi: 0x00db0000, lo: n });
  const event = (name: string, rest: object) => {
    const effectiveAt = new Date(Date.UTC(2020, 5, 30, n % 48)).toISOString();
    const message = { v: 1, eventId: `${name}-${n}`, deviceId: key, effectiveAt, event: name, ...rest };
    return { key, value: Buffer.from(JSON.stringify(message)) };
  };
  const changed = event('han-state', { hanState: 'unstable' });
  const unreadable = { key, value: Buffer.from('{') };
  return [event('installed', { kind: 'ESME' }), changed, changed, ...(n % 10 === 0 ? [unreadable] : [])];
}

describe('the inventory killed at an instant', () => {
  let engines: HeldEngines;
  let lane: Lane;
  let relay: Relay;
  let producer: Producer;
  let told = 0;

  beforeAll(async () => {
    engines = await startHeldEngines();
    const all = await openLane(engines, 'told');
    const {
      INVENTORY_TOPIC: topic,
      INVENTORY_GROUP_ID: group,
      INVENTORY_REJECTED_TOPIC: rejectedTopic,
    } = all.env;
    lane = { ...all, topic: topic!, group: group!, rejectedTopic: rejectedTopic! };
    relay = await startRelay(engines, lane, TABLES, () => lane.inventory({ CONCURRENCY: '1' }));
    producer = await createProducer(connectKafka({ brokers: [lane.brokers], clientId: 'test' }));
  });
  afterAll(async () => {
    await producer.close();
    await lane.close();
    await engines.stop();
  });

  /** Tells of devices that nothing was told of before. */
  async function feed(): Promise<void> {
    const records = Array.from({ length: DEVICES }, () => recordsOf(told++));
    await producer.send(lane.topic, records.flat());
  }

  test.each(INSTANTS)('%s', (_, instant, lastStep) => relay.killAt(instant, lastStep, feed));

  test('and after all of them everything is proven', async () => {
    await relay.end();
    const [produced, proof] = [await countProduced(lane.brokers, lane.topic), await verify(lane)];
    const accepted = 2 * told;
    expect(proof).toMatchObject({
      ok: true,
      store: {
        inventory: { counts: { records: produced, accepted, rawRows: accepted, rawPositions: accepted } },
      },
      log: { behind: 0 },
    });
  });
});
