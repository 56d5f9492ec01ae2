import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BACKUP_TABLES } from '@tocsin/clickhouse';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Engines, startEngines } from '../support/engines.ts';
import { countMisattributed, startInventoryFeed } from '../support/inventory-feed.ts';
import { committedBy } from '../support/kafka-tools.ts';
import { type Lane, openLane } from '../support/lane.ts';
import { prove, untilLedgered } from '../support/proof.ts';
import { tocsin } from '../support/service.ts';

/**
 * A store is copied while everything goes on, lost, and made anew: then the line goes on from there, and every alert
 * that ever was on the topic is counted once. Blocks are small, so that many come and go while tables are read, and few enough for two cores.
 */
const ENV = { BLOCK_MAX_RECORDS: '100', CORRECT_EVERY_MS: '500' };

interface Manifest {
  readonly migrations: readonly { name: string }[];
  readonly kafka: { readonly groups: readonly { groupId: string; commits: readonly [number, number][] }[] };
  readonly tables: readonly { table: string; rows: number }[];
}

let folder: string;
let engines: Engines;
let lane: Lane;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tocsin-backup-'));
  engines = await startEngines();
  lane = await openLane(engines, 'backup', ENV);
});
afterAll(async () => {
  await lane?.close();
  await engines?.stop();
  await rm(folder, { recursive: true, force: true });
});

const ledgered = async () => {
  const [row] = await lane.store.rows<{ n: number }>(
    'SELECT sum(r) AS n FROM (SELECT any(records) AS r FROM blocks GROUP BY stream, partition, first_offset)',
  );
  return row!.n;
};

/** @returns what it said, or why not */
const run = (...args: string[]) => tocsin(args, lane.env);

test('a store that is lost is made anew from a copy taken while all went on, and nothing is lost or doubled', async () => {
  const copy = join(folder, 'copy');
  const processor = lane.processor();
  const others = [lane.builder(), lane.inventory()];
  const feed = await lane.startFeed({ rate: 100 });
  await untilLedgered(lane, 1000);
  const inventory = await startInventoryFeed(lane);
  await inventory.tell();

  const before = await ledgered();
  const taken = await run('backup', copy, '--json');
  expect([taken.code, taken.stderr]).toEqual([0, expect.any(String)]);
  const manifest = JSON.parse(taken.stdout) as Manifest;
  const copied = new Map(manifest.tables.map(({ table, rows }) => [table, rows]));
  expect([...copied.keys()]).toEqual([...BACKUP_TABLES]);
  expect(copied.get('alerts')).toBeGreaterThan(0);

  await inventory.tell();
  await untilLedgered(lane, before + 1000);
  expect(copied.get('alerts')).toBeLessThan(await ledgered());

  // Nobody must be at work when the store is filled, or when commits are set back.
  const early = await run('restore', copy);
  expect([early.code, early.stderr]).toEqual([1, expect.stringContaining('somebody is at work as backup-')]);
  for (const service of [processor, ...others])
    expect(await service.kill('SIGTERM')).toMatchObject({ code: 0 });
  const first = await feed.end();

  await engines.wipeClickHouse();
  const restored = await run('restore', copy, '--json');
  expect([restored.stderr, restored.code]).toEqual(['', 0]);
  expect(JSON.parse(restored.stdout)).toMatchObject({ tables: BACKUP_TABLES.length, commits: true });
  const alertsGroup = manifest.kafka.groups.find(({ groupId }) => groupId === lane.group);
  expect(await committedBy(lane.brokers, lane.group)).toEqual(new Map(alertsGroup?.commits));
  const again = await run('restore', copy);
  expect([again.code, again.stderr]).toEqual([1, expect.stringMatching(/is not empty \(.*\bblocks\b/)]);

  const after = [lane.processor(), lane.inventory()];
  const second = await lane.feed({ count: 1000, rate: 100, seed: 2 });
  await inventory.tell();
  await inventory.settled();
  await inventory.close();
  await prove(lane, { accepted: first.accepted.messages + second.accepted.messages });
  expect(await countMisattributed(lane)).toBe(0);
  expect(after[0]!.lines.filter(({ msg }) => msg === 'halted')).toEqual([]);
  for (const service of after) expect(await service.kill('SIGTERM')).toMatchObject({ code: 0 });
});

test('a backup that is harmed, of another schema or broken off is refused before anything is written', async () => {
  const copy = join(folder, 'copy');
  const harmed = join(folder, 'harmed');
  await cp(copy, harmed, { recursive: true });
  const file = join(harmed, 'blocks.tsv.gz');
  const bytes = await readFile(file);
  bytes[bytes.length - 9]! ^= 1;
  await writeFile(file, bytes);
  const refused = async (path: string) => {
    const { code, stderr } = await run('restore', path);
    expect(code).toBe(1);
    return stderr;
  };
  expect(await refused(harmed)).toContain('blocks.tsv.gz is not as it was written');

  const newer = join(folder, 'newer');
  await cp(copy, newer, { recursive: true });
  const manifest = JSON.parse(await readFile(join(newer, 'manifest.json'), 'utf8')) as Manifest;
  const migrations = [...manifest.migrations, { name: '999-to-come.sql', hash: '0'.repeat(64) }];
  await writeFile(join(newer, 'manifest.json'), JSON.stringify({ ...manifest, migrations }));
  expect(await refused(newer)).toContain('this version does not have 999-to-come.sql');

  await rm(join(newer, 'manifest.json'));
  expect(await refused(newer)).toContain('has no backup that came to its end');
});

test('no backup is written over another', async () => {
  const { code, stderr } = await run('backup', join(folder, 'copy'));
  expect([code, stderr]).toEqual([1, expect.stringContaining('is not empty')]);
});
