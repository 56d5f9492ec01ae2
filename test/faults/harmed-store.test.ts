import { type CheckName, TARGETS } from '@tocsin/clickhouse';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Engines, startEngines } from '../support/engines.ts';
import { type Lane, openLane } from '../support/lane.ts';
import { prove, verify } from '../support/proof.ts';
import { tocsin } from '../support/service.ts';

let engines: Engines;
let lane: Lane;

/** A lane whose store is proved, with every hour built. */
beforeAll(async () => {
  engines = await startEngines();
  lane = await openLane(engines, 'harmed', { BLOCK_MAX_RECORDS: '200' });
  await lane.feed({ count: 3000 });
  const processor = lane.processor();
  await prove(lane);
  await processor.kill('SIGTERM');
}, 120_000);
afterAll(async () => {
  await lane?.close();
  await engines?.stop();
});

const TABLES = [
  'blocks',
  'alerts',
  'rejected',
  'device_history',
  ...TARGETS.map(({ table }) => table),
  'builds',
];

/** The store's rows in a database of their own, to be harmed there. */
async function copyStore(database: string): Promise<Lane> {
  const env = { ...lane.env, CLICKHOUSE_DATABASE: database };
  const migrated = await tocsin(['migrate'], env);
  if (migrated.code !== 0) throw new Error(migrated.stderr);
  for (const table of TABLES)
    await lane.store.command(`INSERT INTO ${database}.${table} SELECT * FROM ${lane.database}.${table}`);
  return { ...lane, env, database };
}

const SECOND = '(SELECT offset FROM alerts WHERE partition = 1 ORDER BY offset LIMIT 1, 1)';
const BLOCK = 'partition = 2 AND first_offset = (SELECT min(first_offset) FROM blocks WHERE partition = 2)';

/** What a hand does to the store, and the checks that must name it, among others that follow from it. */
const HARMS: [string, string, CheckName][] = [
  ['a row deleted', `ALTER TABLE alerts DELETE WHERE partition = 1 AND offset = ${SECOND}`, 'rows-missing'],
  [
    'a row doubled',
    `INSERT INTO alerts SELECT * FROM alerts WHERE partition = 1 AND offset = ${SECOND}`,
    'positions-distinct',
  ],
  [
    'an offset shifted',
    `ALTER TABLE alerts UPDATE offset = offset + 1 WHERE partition = 1 AND offset = ${SECOND}`,
    'positions-distinct',
  ],
  ['a ledger row lost', `ALTER TABLE blocks DELETE WHERE ${BLOCK}`, 'rows-unledgered'],
  ['a ledger row doubled', `INSERT INTO blocks SELECT * FROM blocks WHERE ${BLOCK} LIMIT 1`, 'block-sums'],
  [
    'a dead letter lost',
    'ALTER TABLE rejected DELETE WHERE (partition, offset) = (SELECT partition, offset FROM rejected LIMIT 1)',
    'rejects-match',
  ],
  [
    'a build falsified',
    `ALTER TABLE rollup_hours UPDATE alerts = alerts + 1
     WHERE (version, hour, alert_code) = (SELECT version, hour, alert_code FROM rollup_hours LIMIT 1)`,
    'build-content',
  ],
  [
    'a commit of a build falsified',
    'ALTER TABLE builds UPDATE source_rows = source_rows + 1 WHERE NOT superseded',
    'build-source',
  ],
];

describe.concurrent('a store harmed by hand', () => {
  test('untouched, its copy is proved', async () => {
    expect(await verify(await copyStore('harmed_not'))).toMatchObject({ ok: true });
  });

  test.each(HARMS)('%s is named', async (name, statement, check) => {
    const database = `harmed_${HARMS.findIndex(([other]) => other === name)}`;
    const copy = await copyStore(database);
    await harm(database, statement);
    const proof = await verify(copy);
    expect(proof.ok).toBe(false);
    expect(Object.keys(proof.store.violations)).toContain(check);
    expect(proof.store.differences.map((difference) => difference.check)).toContain(check);
  });
});

/** Carried out before it returns, whatever the statement changes. */
async function harm(database: string, statement: string): Promise<void> {
  const query = new URLSearchParams({ database, mutations_sync: '2', insert_deduplicate: '0' });
  const response = await fetch(`${engines.clickhouseUrl}/?${query}`, { method: 'POST', body: statement });
  if (!response.ok) throw new Error(await response.text());
}
