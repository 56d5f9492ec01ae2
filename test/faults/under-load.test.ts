import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { type HeldEngines, startHeldEngines } from '../support/engines.ts';
import { KILLS, KillRecord, LEAST_WITHIN_BLOCK, randomMs } from '../support/kills.ts';
import { type Lane, openLane } from '../support/lane.ts';
import { prove } from '../support/proof.ts';
import type { LogLine, Service } from '../support/service.ts';
import { whereItFell } from '../support/steps.ts';
import { readViewOf } from '../support/view-reader.ts';

/** Feed, processor, builder and a reader of the view, while `strike` comes down again and again. */
async function underFire(
  what: string,
  strike: (engines: HeldEngines, lane: Lane, processor: Service) => Promise<string>,
): Promise<void> {
  const engines = await startHeldEngines();
  const lane = await openLane(engines, what, { BLOCK_MAX_RECORDS: '500' });
  const kills = new KillRecord(what);
  try {
    const feed = await lane.startFeed({ rate: 1000 });
    const processor = lane.processor();
    const builder = lane.builder();
    await processor.line('the first block', ({ msg }) => msg === 'committed');
    const view = await readViewOf(lane);
    for (let kill = 0; kill < KILLS; kill++) {
      await processor.line('work', ({ msg }) => msg === 'prepared', processor.lines.length);
      await pause(randomMs(500));
      kills.note(await strike(engines, lane, processor));
    }
    const truth = await feed.end();
    kills.print();
    await prove(lane, { accepted: truth.accepted.messages });
    // What passes by itself is waited for: no partition asked for a person.
    expect(processor.lines.filter(({ msg }) => msg === 'halted')).toEqual([]);
    expect(await view.end()).toBeGreaterThan(0);
    for (const service of [processor, builder])
      expect(await service.kill('SIGTERM')).toMatchObject({ code: 0 });
  } finally {
    await lane.close();
    await engines.stop();
  }
}

describe.concurrent('under load', () => {
  test('the processor killed at random', async () => {
    const engines = await startHeldEngines();
    // Small blocks, so that each life has many of them.
    const lane = await openLane(engines, 'random', { BLOCK_MAX_RECORDS: '500' });
    const kills = new KillRecord('the processor at random under load');
    try {
      const feed = await lane.startFeed({ rate: 1000 });
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
      expect(await view.end()).toBeGreaterThan(0);
    } finally {
      await lane.close();
      await engines.stop();
    }
  });

  test('ClickHouse killed', () =>
    underFire('clickhouse-killed', async (engines, _lane, processor) => {
      const since = processor.lines.length;
      await engines.killClickHouse();
      const tried = processor.lines
        .slice(since)
        .filter(({ msg, tries }) => msg === 'retrying' && tries === 0);
      return tried.map(({ partition, what }) => `${partition}: at its ${what}`).join(', ');
    }));

  test('Kafka killed, once for longer than its client tries', () => {
    let longOutage = true;
    return underFire('kafka-killed', async (engines, _lane, processor) => {
      const fell = [...whereItFell({ lines: [...processor.lines] })];
      const since = processor.lines.length;
      const gaveUp = ({ kafka }: LogLine) => (kafka as { retryCount?: number } | undefined)?.retryCount === 8;
      await engines.killKafka(async () => {
        if (longOutage) await processor.line('the end of its tries', gaveUp, since);
        longOutage = false;
      });
      await processor.line('a commit', ({ msg }) => msg === 'committed', processor.lines.length);
      return fell.map(([partition, steps]) => `${partition}: ${steps}`).join(', ');
    });
  });

  test('the builder killed while it builds', () => {
    // Before and after each of its writes, in turn.
    const writes = ['rollup_hours', 'builds'].flatMap((table) =>
      (['before', 'after'] as const).map((at) => [at, table] as const),
    );
    let next = 0;
    return underFire('builder-killed', async (engines, lane) => {
      const [at, table] = writes[next++ % writes.length]!;
      const held = engines.clickhouse.hold(
        at,
        (statement, database) => database === lane.database && statement.startsWith(`INSERT INTO ${table} `),
      );
      const victim = lane.builder();
      const { release } = await held;
      await victim.kill();
      await release();
      return `${at} its insert into ${table}`;
    });
  });
});
