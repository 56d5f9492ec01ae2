import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { type HeldEngines, startHeldEngines } from '../support/engines.ts';
import { countMisattributed, startInventoryFeed } from '../support/inventory-feed.ts';
import { KILLS, KillRecord, LEAST_WITHIN_BLOCK, randomMs } from '../support/kills.ts';
import { type Lane, openLane } from '../support/lane.ts';
import { prove } from '../support/proof.ts';
import type { LogLine, Service } from '../support/service.ts';
import { whereItFell } from '../support/steps.ts';
import { readViewOf } from '../support/view-reader.ts';

/** Small blocks, so that each life has many of them; corrections all the time. */
const ENV = { BLOCK_MAX_RECORDS: '250', CORRECT_EVERY_MS: '500', BUILD_PATIENCE_SECONDS: '5' };

interface UnderFire {
  readonly engines: HeldEngines;
  readonly lane: Lane;
  /** As it is at work now, and another in its place. */
  processor: Service;
}

/**
 * Two feeds, of alerts and of late inventory, all services and a reader of the view, while `strike` comes down again and
 * again.
 */
async function underFire(
  what: string,
  strike: (at: UnderFire, kills: KillRecord) => Promise<void>,
  strikes = KILLS,
): Promise<KillRecord> {
  const engines = await startHeldEngines();
  const lane = await openLane(engines, what, ENV);
  const kills = new KillRecord(what);
  try {
    const feed = await lane.startFeed({ rate: 500 });
    const services = [lane.builder(), lane.inventory()];
    const at = { engines, lane, processor: lane.processor() };
    await at.processor.line('the first block', ({ msg }) => msg === 'committed');
    const view = await readViewOf(lane);
    const inventory = await startInventoryFeed(lane);
    for (let kill = 0; kill < strikes; kill++) {
      await inventory.tell();
      await at.processor.line('work', ({ msg }) => msg === 'prepared', at.processor.lines.length);
      await pause(randomMs(800));
      await strike(at, kills);
    }
    const truth = await feed.end();
    kills.print();
    await inventory.settled();
    await inventory.close();
    await prove(lane, { accepted: truth.accepted.messages });
    expect(await countMisattributed(lane)).toBe(0);
    // What passes by itself is waited for: no partition asked for a person.
    expect(at.processor.lines.filter(({ msg }) => msg === 'halted')).toEqual([]);
    expect(await view.end()).toBeGreaterThan(0);
    for (const service of [at.processor, ...services])
      expect(await service.kill('SIGTERM')).toMatchObject({ code: 0 });
    return kills;
  } finally {
    await lane.close();
    await engines.stop();
  }
}

// One after the other: each keeps two cores busy with engines and services of its own.
describe('under load', () => {
  test('the processor killed at random', async () => {
    const kills = await underFire('processor-killed', async (at, record) => {
      const victim = at.processor;
      await victim.kill();
      record.add(victim);
      at.processor = at.lane.processor();
    });
    expect(kills.share).toBeGreaterThanOrEqual(LEAST_WITHIN_BLOCK);
  });

  test('ClickHouse killed', async () => {
    await underFire('clickhouse-killed', async ({ engines, processor }, kills) => {
      const since = processor.lines.length;
      await engines.killClickHouse();
      const tried = processor.lines
        .slice(since)
        .filter(({ msg, tries }) => msg === 'retrying' && tries === 0);
      kills.note(tried.map(({ partition, what }) => `${partition}: at its ${what}`).join(', '));
    });
  });

  test('Kafka killed, once for longer than its client tries', async () => {
    let longOutage = true;
    await underFire('kafka-killed', async ({ engines, processor }, kills) => {
      const fell = [...whereItFell({ lines: [...processor.lines] })];
      const since = processor.lines.length;
      const gaveUp = ({ kafka }: LogLine) => (kafka as { retryCount?: number } | undefined)?.retryCount === 8;
      await engines.killKafka(async () => {
        if (longOutage) await processor.line('the end of its tries', gaveUp, since);
        longOutage = false;
      });
      await processor.line('a commit', ({ msg }) => msg === 'committed', processor.lines.length);
      kills.note(fell.map(([partition, steps]) => `${partition}: ${steps}`).join(', '));
    });
  });

  test('the builder killed while it builds', async () => {
    // Before and after each of its writes, in turn; tombstones go into builds as well.
    const writes = ['rollup_hours', 'load_minutes', 'device_days', 'builds'].flatMap((table) =>
      (['before', 'after'] as const).map((at) => [at, table] as const),
    );
    let next = 0;
    const strike = async ({ engines, lane }: UnderFire, kills: KillRecord) => {
      const [at, table] = writes[next++ % writes.length]!;
      const held = engines.clickhouse.hold(
        at,
        (statement, database) => database === lane.database && statement.startsWith(`INSERT INTO ${table} `),
      );
      const victim = lane.builder();
      const { release } = await held;
      await victim.kill();
      await release();
      kills.note(`${at} its insert into ${table}`);
    };
    await underFire('builder-killed', strike, Math.max(KILLS, writes.length));
  });
});
