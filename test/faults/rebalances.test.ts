import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type HeldEngines, startHeldEngines } from '../support/engines.ts';
import { holdCommit, holdInsert, type Instant } from '../support/instants.ts';
import { countMisattributed, startInventoryFeed } from '../support/inventory-feed.ts';
import { KILLS, KillRecord, LEAST_WITHIN_BLOCK, randomMs } from '../support/kills.ts';
import { openLane } from '../support/lane.ts';
import { prove, untilLedgered } from '../support/proof.ts';
import type { LogLine, Service } from '../support/service.ts';
import { readViewOf } from '../support/view-reader.ts';

let engines: HeldEngines;
beforeAll(async () => {
  engines = await startHeldEngines();
});
afterAll(() => engines.stop());

const assignedTo =
  (partitions: number) =>
  ({ msg, ...fields }: LogLine) =>
    msg === 'assigned' && (fields.partitions as number[]).length === partitions;

const ASLEEP: [string, Instant][] = [
  ['with its plan on the way', holdCommit('before', 'plan')],
  ['with its ledger rows on the way', holdInsert('before', 'blocks')],
  ['with its rows on the way', holdInsert('before', 'alerts')],
  ['with its rows stored and the answer on the way', holdInsert('after', 'alerts')],
  ['with its commit on the way', holdCommit('before', 'next')],
];

describe.concurrent('a processor that the group goes on without', () => {
  test.each(ASLEEP)('sleeps %s, and wakes up', async (name, instant) => {
    const lane = await openLane(engines, `asleep-${ASLEEP.findIndex(([other]) => other === name)}`);
    try {
      const truth = await lane.feed({ count: 3000 });
      const held = instant(engines, lane);
      const sleeper = lane.processor({ CONCURRENCY: '1' });
      const release = await held;
      sleeper.signal('SIGSTOP');
      const seen = sleeper.lines.length;

      const successor = lane.processor();
      await successor.line('all partitions', assignedTo(4));
      await untilLedgered(lane, truth.produced);
      sleeper.signal('SIGCONT');
      await release();
      await sleeper.line('its return to the group', ({ msg }) => msg === 'assigned', seen);
      await prove(lane, { accepted: truth.accepted.messages });
      for (const one of [sleeper, successor]) expect(await one.kill('SIGTERM')).toMatchObject({ code: 0 });
    } finally {
      await lane.close();
    }
  });

  test('waits for the store longer than a rebalance may take', async () => {
    const lane = await openLane(engines, 'slow');
    try {
      const truth = await lane.feed({ count: 3000 });
      const held = holdInsert('before', 'alerts')(engines, lane);
      const slow = lane.processor({ CONCURRENCY: '1' });
      const release = await held;
      const seen = slow.lines.length;
      const successor = lane.processor();
      await successor.line('all partitions', assignedTo(4));
      await untilLedgered(lane, truth.produced);
      await release();
      await slow.line('its return to the group', ({ msg }) => msg === 'assigned', seen);
      await prove(lane, { accepted: truth.accepted.messages });
    } finally {
      await lane.close();
    }
  });
});

test('two processors under load: leaving, joining, killed, asleep', async () => {
  const lane = await openLane(engines, 'pair', {
    // Two heavy processors on cores that others use as well: a heartbeat that is late is not a death.
    SESSION_TIMEOUT_MS: '10000',
    BLOCK_MAX_RECORDS: '250',
    CORRECT_EVERY_MS: '500',
    BUILD_PATIENCE_SECONDS: '5',
  });
  const kills = new KillRecord('one of two processors under load');
  const assigned = async (service: Service, partitions: number, from = 0) =>
    service.line(`${partitions} partitions`, assignedTo(partitions), from);

  // What happens to one of two; each resolves to who is at work beside the other from then on.
  const killed = async (one: Service, other: Service) => {
    const seen = other.lines.length;
    await one.kill();
    kills.add(one);
    await assigned(other, 4, seen);
    return lane.processor();
  };
  const left = async (one: Service, other: Service) => {
    const seen = other.lines.length;
    expect(await one.kill('SIGTERM')).toMatchObject({ code: 0 });
    await assigned(other, 4, seen);
    return lane.processor();
  };
  const slept = async (one: Service, other: Service) => {
    const seen = [one.lines.length, other.lines.length];
    one.signal('SIGSTOP');
    await assigned(other, 4, seen[1]);
    one.signal('SIGCONT');
    await assigned(one, 2, seen[0]);
    return one;
  };
  const fates = Array.from({ length: KILLS }, (_, kill) => [killed, kill % 2 === 0 ? left : slept]).flat();

  try {
    const feed = await lane.startFeed({ rate: 500 });
    let pair: [Service, Service] = [lane.processor(), lane.processor()];
    await Promise.all(pair.map((one) => assigned(one, 2)));
    const view = await readViewOf(lane);
    const beside = [lane.builder(), lane.inventory()];
    const inventory = await startInventoryFeed(lane);
    for (const fate of fates) {
      const [one, other] = pair;
      await inventory.tell();
      await one.line('work', ({ msg }) => msg === 'prepared', one.lines.length);
      await pause(randomMs(200));
      const next = await fate(one, other);
      await assigned(next, 2);
      pair = [other, next];
    }
    const truth = await feed.end();
    kills.print();
    expect(kills.share).toBeGreaterThanOrEqual(LEAST_WITHIN_BLOCK);
    // Whoever owned a partition when, and whatever it knew of the devices: all rows end as they should be.
    await inventory.settled();
    await inventory.close();
    await prove(lane, { accepted: truth.accepted.messages });
    expect(await countMisattributed(lane)).toBe(0);
    for (const service of beside) expect(await service.kill('SIGTERM')).toMatchObject({ code: 0 });
    expect(await view.end()).toBeGreaterThan(0);
  } finally {
    await lane.close();
  }
});
