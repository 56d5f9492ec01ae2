import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ALERTS } from '../support/delivered.ts';
import { type HeldEngines, startHeldEngines } from '../support/engines.ts';
import { holdCommit, holdDeadLetters, holdInsert, type Instant } from '../support/instants.ts';
import { type Lane, openLane } from '../support/lane.ts';
import { prove } from '../support/proof.ts';
import { type Relay, startRelay } from '../support/relay.ts';
import { readViewOf, type ViewReader } from '../support/view-reader.ts';

/** Every instant between two steps, with the last step that the log then has of the block. */
const INSTANTS: [string, Instant, string][] = [
  ['before the plan', holdCommit('before', 'plan'), 'prepared'],
  ['after the plan, unanswered', holdCommit('after', 'plan'), 'prepared'],
  ['after the plan, before the ledger', holdInsert('before', 'blocks'), 'planned'],
  ['after the ledger, unanswered', holdInsert('after', 'blocks'), 'planned'],
  ['after the ledger, before the rejects', holdInsert('before', 'rejected'), 'ledgered'],
  ['after the rejects are stored, unanswered', holdInsert('after', 'rejected'), 'ledgered'],
  ['before the rejects reach their topic', holdDeadLetters('before'), 'ledgered'],
  ['after the rejects reached their topic, unanswered', holdDeadLetters('after'), 'ledgered'],
  ['before the rows', holdInsert('before', 'alerts'), 'buried'],
  ['after the rows, unanswered', holdInsert('after', 'alerts'), 'buried'],
  ['between the rows of two days', holdInsert('before', 'alerts', 2), 'buried'],
  ['after the rows, before the commit', holdCommit('before', 'next'), 'inserted'],
  ['after the commit, unanswered', holdCommit('after', 'next'), 'inserted'],
];

/**
 * What is fed before each kill crosses midnight, and is as much as the simulator sends at once: each partition's next
 * block has rows of both days. Rejects are so many that none is without.
 */
const FEED = {
  FEED_START: '2020-07-06T23:00:00Z',
  FEED_SPACING_MS: '8000',
  FEED_REJECTS: '0.05',
};
const MESSAGES = 1000;

describe('the processor killed at an instant', () => {
  let engines: HeldEngines;
  let lane: Lane;
  let relay: Relay;
  let view: ViewReader;
  let feeds = 0;
  let accepted = 0;

  beforeAll(async () => {
    engines = await startHeldEngines();
    lane = await openLane(engines, 'instants', FEED);
    relay = await startRelay(engines, lane, ALERTS, () => lane.processor({ CONCURRENCY: '1' }));
    view = await readViewOf(lane);
  });
  afterAll(async () => {
    await lane.close();
    await engines.stop();
  });

  /** Each seed has devices of its own, so that no feed repeats another's alerts. */
  async function feed(): Promise<void> {
    const truth = await lane.feed({ count: MESSAGES, seed: ++feeds });
    accepted += truth.accepted.messages;
  }

  test.each(INSTANTS)('%s', (_, instant, lastStep) => relay.killAt(instant, lastStep, feed));

  test('and after all of them everything is proven', async () => {
    await relay.end();
    const counts = await prove(lane, { accepted });
    expect(counts.rejected).toBeGreaterThan(0);
    expect(await view.end()).toBeGreaterThan(0);
  });
});
