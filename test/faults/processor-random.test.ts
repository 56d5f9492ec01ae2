import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Engines, startEngines } from '../support/engines.ts';
import { KILLS, KillRecord, LEAST_WITHIN_BLOCK, randomMs } from '../support/kills.ts';
import { openLane } from '../support/lane.ts';
import { prove } from '../support/proof.ts';
import { readViewOf } from '../support/view-reader.ts';

let engines: Engines;
beforeAll(async () => {
  engines = await startEngines();
});
afterAll(() => engines.stop());

test('the processor killed at random under load', async () => {
  // Small blocks, so that each life has many of them.
  const lane = await openLane(engines, 'random', { BLOCK_MAX_RECORDS: '500' });
  const kills = new KillRecord('the processor at random under load');
  try {
    const feed = await lane.startFeed({ rate: 3000 });
    const first = lane.processor();
    await first.line('the first block', ({ msg }) => msg === 'committed');
    const view = await readViewOf(lane);
    const builder = lane.builder();
    let victim = first;
    for (let kill = 0; kill < KILLS; kill++) {
      await victim.line('work', ({ msg }) => msg === 'prepared');
      await pause(randomMs(800));
      await victim.kill();
      kills.add(victim);
      victim = lane.processor();
    }
    const truth = await feed.end();
    kills.print();
    expect(kills.share).toBeGreaterThanOrEqual(LEAST_WITHIN_BLOCK);
    await prove(lane, { accepted: truth.accepted.messages });
    await builder.kill('SIGTERM');
    expect(await view.end()).toBeGreaterThan(KILLS);
  } finally {
    await lane.close();
  }
});
