import { type CheckName, createStore, TARGETS, verifyStore } from '@tocsin/clickhouse';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Engines, startEngines } from '../support/engines.ts';
import { type Lane, openLane } from '../support/lane.ts';
import { prove, verify } from '../support/proof.ts';
import { tocsin } from '../support/service.ts';

let engines: Engines;
let lane: Lane;
let copy: Lane;

/** A lane whose store is proved, with every hour built. */
beforeAll(async () => {
  engines = await startEngines();
  lane = await openLane(engines, 'harmed', { BLOCK_MAX_RECORDS: '200' });
  await lane.feed({ count: 3000 });
  const processor = lane.processor();
  await prove(lane);
  await processor.kill('SIGTERM');
  const env = { ...lane.env, CLICKHOUSE_DATABASE: 'harmed_copy' };
  const migrated = await tocsin(['migrate'], env);
  if (migrated.code !== 0) throw new Error(migrated.stderr);
  const store = createStore({ url: engines.clickhouseUrl, database: 'harmed_copy' });
  copy = { ...lane, env, database: store.database, store };
}, 120_000);
afterAll(async () => {
  await copy?.store.close();
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
beforeEach(async () => {
  for (const table of TABLES) {
    await carryOut(`TRUNCATE TABLE ${table}`);
    await carryOut(`INSERT INTO ${table} SELECT * FROM ${lane.database}.${table}`);
  }
});

const SECOND = '(SELECT offset FROM alerts WHERE partition = 1 ORDER BY offset LIMIT 1, 1)';
const BLOCK = 'partition = 2 AND first_offset = (SELECT min(first_offset) FROM blocks WHERE partition = 2)';

type Harm = [name: string, statement: string, check: CheckName];

/** What a hand does to the store, and the checks that must name it, among others that follow from it. */
const HARMS: readonly [Harm, ...Harm[]] = [
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

describe('a store harmed by hand', () => {
  test('untouched, its copy is proved', async () => {
    expect(await verify(copy)).toMatchObject({ ok: true });
  });

  test('what is wrong with it is told by the command, after it has waited for rows on their way', async () => {
    const [[, statement, check]] = HARMS;
    await carryOut(statement);
    const { ok, store } = await verify(copy);
    expect(ok).toBe(false);
    expect(store.differences.map((difference) => difference.check)).toContain(check);
  });

  test.each(HARMS)('%s is named', async (_, statement, check) => {
    await carryOut(statement);
    // None is on its way here.
    const proof = await verifyStore(copy.store, { settleMs: 0 });
    expect(proof.ok).toBe(false);
    expect(Object.keys(proof.violations)).toContain(check);
    expect(proof.differences.map((difference) => difference.check)).toContain(check);
  });
});

/** Upon the copy, and done before it returns, whatever the statement changes. */
async function carryOut(statement: string): Promise<void> {
  const query = new URLSearchParams({
    database: copy.database,
    mutations_sync: '2',
    insert_deduplicate: '0',
  });
  const response = await fetch(`${engines.clickhouseUrl}/?${query}`, { method: 'POST', body: statement });
  if (!response.ok) throw new Error(await response.text());
}
