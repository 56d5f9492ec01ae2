import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type HeldEngines, startHeldEngines } from '../support/engines.ts';
import { holdCommit, holdDeadLetters, holdInsert, type Instant } from '../support/instants.ts';
import { openLane } from '../support/lane.ts';
import { prove } from '../support/proof.ts';
import { isStep } from '../support/steps.ts';
import { readViewOf } from '../support/view-reader.ts';

let engines: HeldEngines;
beforeAll(async () => {
  engines = await startHeldEngines();
});
afterAll(() => engines.stop());

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

// They cross midnight, and each partition's first block has rows of both days.
const MESSAGES = 3000;
const SPACING_MS = '8000';

describe.concurrent('the processor killed at an instant', () => {
  test.each(INSTANTS)('%s', async (name, instant, lastStep) => {
    const lane = await openLane(engines, `at-${INSTANTS.findIndex(([other]) => other === name)}`, {
      FEED_SPACING_MS: SPACING_MS,
    });
    try {
      const truth = await lane.feed({ count: MESSAGES });
      const view = await readViewOf(lane);
      const held = instant(engines, lane);
      const victim = lane.processor({ CONCURRENCY: '1' });
      const release = await held;
      await victim.kill();
      // With one partition at a time, the last step in the log is that of the block that is held.
      expect(victim.lines.findLast(isStep)?.msg).toBe(lastStep);

      const successor = lane.processor();
      // What was on its way arrives while the successor is at work, long after its sender's death.
      await successor.line('resumed', ({ msg }) => msg === 'resumed', 0);
      await release();
      const counts = await prove(lane, { accepted: truth.accepted.messages });
      expect(counts.rejected).toBeGreaterThan(0);
      expect(await view.end()).toBeGreaterThan(0);
      expect(await successor.kill('SIGTERM')).toMatchObject({ code: 0 });
    } finally {
      await lane.close();
    }
  });
});
