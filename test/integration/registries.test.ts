import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '@tocsin/builder';
import type { Store } from '@tocsin/clickhouse';
import { shippedRegistry } from '@tocsin/registry';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Engine, startEngine } from '../support/fresh-store.ts';
import { until } from '../support/until.ts';

let engine: Engine;
let store: Store;
let folder: string;
beforeAll(async () => {
  engine = await startEngine();
  store = await engine.freshStore();
  folder = await mkdtemp(join(tmpdir(), 'tocsin-registries-'));
  await cp(shippedRegistry(), folder, { recursive: true });
});
afterAll(async () => {
  await engine.stop();
  await rm(folder, { recursive: true });
});

const NEWEST = '(SELECT version FROM registry_versions ORDER BY at DESC LIMIT 1)';
const users = () =>
  store.rows<{ party: string }>(
    `SELECT party FROM parties WHERE version = ${NEWEST} AND role = 'electricity-distributor' AND empty(dcc_user) ORDER BY party`,
  );

it('are in the store as their files are, and change with them', async () => {
  const controller = new AbortController();
  const env = {
    CLICKHOUSE_URL: engine.url,
    CLICKHOUSE_DATABASE: store.database,
    REGISTRY: folder,
    METRICS_PORT: '0',
    LOG_LEVEL: 'error',
  };
  const service = run(env, controller.signal);
  const names = async () => (await users()).map(({ party }) => party);
  const nonUsers = ['idno-03', 'idno-05', 'idno-07', 'idno-09', 'idno-11', 'idno-12'];
  await until('the first set', async () => (await names()).length === nonUsers.length);
  expect(await names()).toEqual(nonUsers);
  expect(
    await store.rows(
      `SELECT lever, toString(holds_from) AS since, state, reason FROM levers
       WHERE version = ${NEWEST} AND lever = 'r2-8f12' ORDER BY holds_from`,
    ),
  ).toEqual([
    { lever: 'r2-8f12', since: '2020-03-02 00:00:00.000', state: 'pilot', reason: '' },
    { lever: 'r2-8f12', since: '2020-03-27 00:00:00.000', state: 'on-hold', reason: 'deafness' },
  ]);
  expect(
    await store.rows(`SELECT alert_code, safety FROM codes WHERE version = ${NEWEST} AND safety`),
  ).toEqual([{ alert_code: '81B8', safety: true }]);

  const file = join(folder, 'parties.yaml');
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace(/(id: idno-03\n(?:.*\n)*?.*dcc-user: )false/, '$1true'));
  await until('the changed set', async () => (await names()).length === nonUsers.length - 1);
  expect(await names()).toEqual(nonUsers.slice(1));
  controller.abort();
  expect(await service).toBe(0);
  expect(await store.rows('SELECT count() AS n FROM registry_versions')).toEqual([{ n: 2 }]);
});
