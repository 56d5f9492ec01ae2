import { connectKafka, ensureTopics } from '@tocsin/kafka';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type HeldEngines, startHeldEngines } from '../support/engines.ts';
import { holdInsert } from '../support/instants.ts';
import { committedBy, countProduced, deleteGroup, deleteRecords, offsetsOf } from '../support/kafka-tools.ts';
import { type Lane, openLane } from '../support/lane.ts';
import { prove, untilLedgered, verify } from '../support/proof.ts';
import type { LogLine, Service } from '../support/service.ts';
import { until } from '../support/until.ts';

let engines: HeldEngines;
beforeAll(async () => {
  // An empty group's offsets are kept for a minute, the least that Kafka takes.
  engines = await startHeldEngines({
    'offsets.retention.minutes': '1',
    'offsets.retention.check.interval.ms': '1000',
  });
});
afterAll(() => engines.stop());

const halted = (reason: string) => (line: LogLine) => line.msg === 'halted' && line.reason === reason;

/** Feeds, delivers and stops again: a position to go on from. */
async function deliverSome(lane: Lane, count: number): Promise<number> {
  await lane.feed({ count });
  const processor = lane.processor();
  const produced = await countProduced(lane.brokers, lane.topic);
  await untilLedgered(lane, produced);
  expect(await processor.kill('SIGTERM')).toMatchObject({ code: 0 });
  return produced;
}

/** Kills a processor with a block's rows stored and its plan standing in the commit. */
async function leaveUnfinished(lane: Lane): Promise<void> {
  const held = holdInsert('after', 'alerts')(engines, lane);
  const victim = lane.processor({ CONCURRENCY: '1' });
  const release = await held;
  await victim.kill();
  await release();
}

async function remakeTopic({ brokers, topic }: Lane): Promise<void> {
  const kafka = connectKafka({ brokers: [brokers], clientId: 'operator' });
  const admin = kafka.admin();
  await admin.connect();
  try {
    await admin.deleteTopics({ topics: [topic] });
    await until('the topic gone', async () => !(await admin.listTopics()).includes(topic));
    await ensureTopics(kafka, [topic]);
  } finally {
    await admin.disconnect();
  }
}

/** The halted topic counted from its beginning under a new epoch. @param before records of the old one */
async function proveUnderNewEpoch(lane: Lane, before: number): Promise<void> {
  const anew = { ...lane, env: { ...lane.env, STREAM_EPOCH: '2' } };
  const processor = lane.processor({ STREAM_EPOCH: '2' });
  await prove(anew, { produced: before + (await countProduced(lane.brokers, lane.topic)) });
  expect(await processor.kill('SIGTERM')).toMatchObject({ code: 0 });
  const behind = lane.processor();
  await behind.line('the old epoch refused', halted('epoch-behind'));
  await behind.kill();
}

const withLane = (name: string, work: (lane: Lane) => Promise<void>) => async () => {
  const lane = await openLane(engines, name);
  try {
    await work(lane);
  } finally {
    await lane.close();
  }
};

describe.concurrent('where to go on', () => {
  test(
    'the group idle past the expiry of its offsets, a block unfinished',
    withLane('expired', async (lane) => {
      await deliverSome(lane, 2000);
      await lane.feed({ count: 2000, seed: 2 });
      await leaveUnfinished(lane);
      expect((await committedBy(lane.brokers, lane.group)).size).toBeGreaterThan(0);
      const gone = async () => (await committedBy(lane.brokers, lane.group)).size === 0;
      await until('the offsets expired', gone, 120_000);
      const processor = lane.processor();
      await prove(lane);
      // With no commit to go by, each partition's last block is looked at again.
      const resumed = processor.lines.filter(({ msg, redo }) => msg === 'resumed' && redo === 1);
      expect(new Set(resumed.map(({ partition }) => partition))).toEqual(new Set([0, 1, 2, 3]));
    }),
  );

  test(
    'the commits of the group deleted',
    withLane('deleted', async (lane) => {
      await deliverSome(lane, 2000);
      await deleteGroup(lane.brokers, lane.group);
      await lane.feed({ count: 2000, seed: 2 });
      lane.processor();
      await prove(lane);
    }),
  );

  test(
    'the topic made anew, with fewer records',
    withLane('remade', async (lane) => {
      const before = await deliverSome(lane, 4000);
      await remakeTopic(lane);
      await lane.feed({ count: 1000, seed: 2 });
      const processor = lane.processor();
      await processor.line('its halt', halted('topic-recreated'));
      expect((await verify(lane)).log?.differences.map(({ check }) => check)).toContain('log-end');
      await processor.kill();
      await proveUnderNewEpoch(lane, before);
    }),
  );

  test(
    'the topic made anew, grown beyond the ledger',
    withLane('regrown', async (lane) => {
      const before = await deliverSome(lane, 1000);
      await remakeTopic(lane);
      await lane.feed({ count: 4000, seed: 2 });
      const processor = lane.processor();
      await processor.line('its halt', halted('replay-differs'));
      await processor.kill();
      await proveUnderNewEpoch(lane, before);
    }),
  );

  test(
    'the topic made anew while the processor runs',
    withLane('remade-live', async (lane) => {
      await lane.feed({ count: 4000 });
      const processor = lane.processor();
      const before = await countProduced(lane.brokers, lane.topic);
      await untilLedgered(lane, before);
      await remakeTopic(lane);
      await lane.feed({ count: 1000, seed: 2 });
      await processor.line('its halt', halted('topic-recreated'));
      await processor.kill();
      await proveUnderNewEpoch(lane, before);
    }),
  );

  test(
    'the topic made anew and grown beyond the ledger while the processor looks away',
    withLane('regrown-live', async (lane) => {
      await lane.feed({ count: 1000 });
      const processor = lane.processor({ SESSION_TIMEOUT_MS: '60000' });
      const before = await countProduced(lane.brokers, lane.topic);
      await untilLedgered(lane, before);
      await settled(processor);
      // Nothing tells it: it neither fetches in between nor leaves the group.
      processor.signal('SIGSTOP');
      await remakeTopic(lane);
      await lane.feed({ count: 4000, seed: 2 });
      processor.signal('SIGCONT');
      await processor.line('its halt', halted('replay-differs'));
      // It leaves the group, whose session is long here.
      await processor.kill('SIGTERM');
      await proveUnderNewEpoch(lane, before);
    }),
  );

  test(
    'records deleted before they were counted',
    withLane('gone', async (lane) => {
      const before = await deliverSome(lane, 2000);
      const position = (await offsetsOf(lane.brokers, lane.topic, 'latest')).get(0) as number;
      await lane.feed({ count: 2000, seed: 2 });
      await deleteRecords(lane.brokers, lane.topic, new Map([[0, position + 100]]));
      const processor = lane.processor();
      const { detail } = await processor.line('its halt', halted('records-gone'));
      expect(detail).toEqual({ from: position, earliest: position + 100, missing: 100 });
      const ends = await offsetsOf(lane.brokers, lane.topic, 'latest');
      const after = [...ends].reduce((sum, [, end]) => sum + end, 0);
      // The other partitions are not held up by it, and nothing of this one is counted.
      await untilLedgered(lane, after - ((ends.get(0) as number) - position));
      expect(after).toBeGreaterThan(before);
      const proof = await verify(lane);
      expect(proof.ok).toBe(false);
      expect(proof.store.violations).toEqual({});
      expect(proof.log?.differences.map(({ check }) => check)).toEqual(['records-gone']);
    }),
  );
});

test('the cluster wiped while the store stays', async () => {
  const lane = await openLane(engines, 'wiped');
  try {
    const before = await deliverSome(lane, 3000);
    await engines.wipeKafka();
    const processor = lane.processor();
    for (const partition of [0, 1, 2, 3]) {
      const isIt = halted('cluster-changed');
      await processor.line(`the halt of ${partition}`, (line) => isIt(line) && line.partition === partition);
    }
    await lane.feed({ count: 4000, seed: 2 });
    expect(processor.lines.filter(({ msg }) => msg === 'prepared')).toEqual([]);
    await processor.kill();
    await proveUnderNewEpoch(lane, before);
  } finally {
    await lane.close();
  }
});

test('the cluster wiped while the processor runs and has counted nothing yet', async () => {
  const lane = await openLane(engines, 'wiped-live');
  try {
    const processor = lane.processor();
    await processor.line('its assignment', ({ msg }) => msg === 'resumed');
    await engines.wipeKafka();
    await lane.feed({ count: 1000 });
    await processor.line('its halt', halted('cluster-changed'));
    await processor.kill();
    // The old cluster has left nothing behind, so the new one is gone on with.
    lane.processor();
    await prove(lane);
  } finally {
    await lane.close();
  }
});

/** Resolves once every block in the log is committed. */
async function settled({ lines }: Service): Promise<void> {
  await until('all blocks committed', () => {
    const count = (step: string) => lines.filter(({ msg }) => msg === step).length;
    return count('prepared') > 0 && count('prepared') === count('committed');
  });
}
