import { committedOffsets, connectKafka, logBounds } from '@tocsin/kafka';
import { expect } from 'vitest';
import { type Delivered, deliveredIn, expectDelivered, type Tables } from './delivered.ts';
import type { HeldEngines } from './engines.ts';
import type { Instant } from './instants.ts';
import type { Lane } from './lane.ts';
import type { LogLine, Service } from './service.ts';
import { isStep } from './steps.ts';
import { until } from './until.ts';

/** Services of which each takes over from the one that was killed, and is killed itself at the next instant. */
export interface Relay {
  /**
   * Has the one at work killed at an instant of the blocks of what is fed now, and waits until its successor has delivered all.
   * @param lastStep that the victim's log has of the block it was killed in
   */
  killAt(instant: Instant, lastStep: string, feed: () => Promise<unknown>): Promise<void>;
  /** Ends the last one, as an operator would. */
  end(): Promise<void>;
}

const resumed = ({ msg }: LogLine) => msg === 'resumed';

/**
 * One lane for all instants: to make one, and to prove it, takes far longer than to be killed on it.
 * @param lane as the services see it: with the topics and the group that are theirs
 */
export async function startRelay(
  engines: HeldEngines,
  lane: Lane,
  tables: Tables,
  start: () => Service,
): Promise<Relay> {
  const { store, brokers, topic, group } = lane;
  let atWork: Service | null = start();
  await atWork.line('a position', resumed);
  const admin = connectKafka({ brokers: [brokers], clientId: 'relay' }).admin();
  await admin.connect();

  /** Resolves once the group's commits are at the log's end, with no block under way, and gives the log's records. */
  const committed = () =>
    until(`all of ${topic} committed`, async () => {
      const ends = await logBounds(admin, topic);
      const commits = await committedOffsets(admin, topic, group);
      let records = 0;
      for (const [partition, { latest }] of ends) {
        const commit = commits.get(partition);
        if (commit?.offset !== latest || commit.plan) return null;
        records += latest;
      }
      return records;
    });

  /** An instant that fails leaves nobody at work, and nothing that the next one could be told by. */
  function take(): Service {
    if (!atWork) throw new Error('nobody is at work since the instant that failed');
    const taken = atWork;
    atWork = null;
    return taken;
  }

  return {
    async killAt(instant, lastStep, feed) {
      const victim = take();
      const held = instant(engines, lane);
      await feed();
      const release = await held;
      await victim.kill();
      // With one partition at a time, the last step in the log is that of the block that is held.
      expect(victim.lines.findLast(isStep)?.msg).toBe(lastStep);

      const successor = start();
      // What was on its way arrives while the successor is at work, long after its sender's death.
      await successor.line('a position', resumed);
      await release();
      const produced = await committed();
      const [counts] = await store.rows<Delivered>(deliveredIn(tables));
      expectDelivered(counts!, produced);
      expect(counts!.hourly).toBe(counts!.accepted);
      atWork = successor;
    },
    async end() {
      await admin.disconnect();
      expect(await take().kill('SIGTERM')).toMatchObject({ code: 0 });
    },
  };
}
