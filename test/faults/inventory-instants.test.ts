import { formatEui64 } from '@tocsin/domain';
import { connectKafka, createProducer, ensureTopics } from '@tocsin/kafka';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type HeldEngines, startHeldEngines } from '../support/engines.ts';
import { holdCommit, holdDeadLetters, holdInsert, type Instant } from '../support/instants.ts';
import { countProduced } from '../support/kafka-tools.ts';
import { type Lane, openLane } from '../support/lane.ts';
import { verify } from '../support/proof.ts';
import { isStep } from '../support/steps.ts';
import { until } from '../support/until.ts';

let engines: HeldEngines;
beforeAll(async () => {
  engines = await startHeldEngines();
});
afterAll(() => engines.stop());

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

const DEVICES = 400;
/**
 * Of each device: two events, one of them twice, and of every tenth one that can't be read. A producer whose answer was
 * lost sends again, so that duplicates and what can't be read may be more.
 */
const ACCEPTED = 2 * DEVICES;

async function feed({ brokers, env }: Lane): Promise<void> {
  const topic = env.INVENTORY_TOPIC as string;
  const kafka = connectKafka({ brokers: [brokers], clientId: 'test' });
  await ensureTopics(kafka, [topic]);
  const producer = await createProducer(kafka);
  const records = Array.from({ length: DEVICES }, (_, n) => {
    const key = formatEui64({ hi: 0x00db0000, lo: n });
    const event = (name: string, rest: object) => {
      const effectiveAt = new Date(Date.UTC(2020, 5, 30, n % 48)).toISOString();
      const message = { v: 1, eventId: `${name}-${n}`, deviceId: key, effectiveAt, event: name, ...rest };
      return { key, value: Buffer.from(JSON.stringify(message)) };
    };
    const changed = event('han-state', { hanState: 'unstable' });
    const unreadable = { key, value: Buffer.from('{') };
    return [event('installed', { kind: 'ESME' }), changed, changed, ...(n % 10 === 0 ? [unreadable] : [])];
  });
  await producer.send(topic, records.flat());
  await producer.close();
}

describe.concurrent('the inventory killed at an instant', () => {
  test.each(INSTANTS)('%s', async (name, instant, lastStep) => {
    const lane = await openLane(engines, `told-${INSTANTS.findIndex(([other]) => other === name)}`);
    try {
      await feed(lane);
      const { INVENTORY_GROUP_ID: group, INVENTORY_REJECTED_TOPIC: rejectedTopic } = lane.env;
      const held = instant(engines, { ...lane, group: group!, rejectedTopic: rejectedTopic! });
      const victim = lane.inventory({ CONCURRENCY: '1' });
      const release = await held;
      await victim.kill();
      expect(victim.lines.findLast(isStep)?.msg).toBe(lastStep);

      const successor = lane.inventory();
      // What was on its way arrives while the successor is at work, long after its sender's death.
      await successor.line('resumed', ({ msg }) => msg === 'resumed', 0);
      await release();
      const proof = await until('a proof with nothing behind', async () => {
        const found = await verify(lane);
        return found.log?.behind === 0 && found;
      });
      const produced = await countProduced(lane.brokers, lane.env.INVENTORY_TOPIC as string);
      expect(proof).toMatchObject({
        ok: true,
        store: {
          inventory: {
            counts: { records: produced, accepted: ACCEPTED, rawRows: ACCEPTED, rawPositions: ACCEPTED },
          },
        },
      });
      expect(await successor.kill('SIGTERM')).toMatchObject({ code: 0 });
    } finally {
      await lane.close();
    }
  });
});
