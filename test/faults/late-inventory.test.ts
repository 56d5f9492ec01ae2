import { expect, test } from 'vitest';
import { type HeldEngines, startHeldEngines } from '../support/engines.ts';
import { countMisattributed, startInventoryFeed } from '../support/inventory-feed.ts';
import { KILLS, KillRecord } from '../support/kills.ts';
import { openLane } from '../support/lane.ts';
import { prove, verify } from '../support/proof.ts';
import type { Service } from '../support/service.ts';

/** Every write on the way of the inventory and of corrections, and who makes it. */
const WRITES = (['before', 'after'] as const).flatMap((at) => [
  { at, table: 'inventory_blocks', victim: 'inventory' as const },
  { at, table: 'device_history', victim: 'inventory' as const },
  { at, table: 'corrections', victim: 'processor' as const },
  { at, table: 'revisions', victim: 'processor' as const },
  { at, table: 'reattributed', victim: 'processor' as const },
]);

test('killed at every write of inventory and corrections, all alerts are counted once and end as their devices were', async () => {
  const engines: HeldEngines = await startHeldEngines();
  const lane = await openLane(engines, 'late', { BLOCK_MAX_RECORDS: '500', CORRECT_EVERY_MS: '200' });
  const kills = new KillRecord('inventory and corrections');
  try {
    const feed = await lane.startFeed({ rate: 500 });
    const running: Record<'processor' | 'inventory', Service> = {
      processor: lane.processor(),
      inventory: lane.inventory(),
    };
    const builder = lane.builder();
    await running.processor.line('the first block', ({ msg }) => msg === 'committed');
    await running.inventory.line('a position', ({ msg }) => msg === 'resumed');
    const inventory = await startInventoryFeed(lane);
    const rounds = Math.max(WRITES.length, KILLS);
    for (let round = 0; round < rounds; round++) {
      const { at, table, victim } = WRITES[round % WRITES.length]!;
      const held = engines.clickhouse.hold(
        at,
        (statement, database) => database === lane.database && statement.startsWith(`INSERT INTO ${table} `),
      );
      await inventory.tell();
      const { release } = await held;
      await running[victim].kill();
      await release();
      kills.note(`${victim}, ${at} its insert into ${table}`);
      running[victim] = victim === 'processor' ? lane.processor() : lane.inventory();
      await running[victim].line('a position', ({ msg }) => msg === 'resumed');
    }
    const truth = await feed.end();
    kills.print();
    await inventory.settled();
    await inventory.close();
    await prove(lane, { accepted: truth.accepted.messages });
    expect((await verify(lane)).store.inventory.counts).toMatchObject({
      accepted: inventory.told,
      rejected: 0,
    });
    expect(await countMisattributed(lane)).toBe(0);
    const [corrected] = await lane.store.rows<{ rows: number; positions: number; known: number }>(
      `SELECT (SELECT sum(corrected) FROM revisions) AS rows, uniqExact(stream, partition, offset) AS positions,
         (SELECT uniqExact(device) FROM device_history) AS known FROM corrections`,
    );
    expect(corrected!.rows).toBeGreaterThanOrEqual(corrected!.positions);
    expect(corrected!.positions).toBeGreaterThan(100);
    for (const service of [running.processor, running.inventory, builder]) {
      expect(service.lines.filter(({ msg }) => msg === 'halted')).toEqual([]);
      expect(await service.kill('SIGTERM')).toMatchObject({ code: 0 });
    }
  } finally {
    await lane.close();
    await engines.stop();
  }
});
