import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { NotYours, QUESTIONS } from '@tocsin/answers';
import { type Store, storeRegistry } from '@tocsin/clickhouse';
import { loadRegistry, rowsOf, shippedRegistry } from '@tocsin/registry';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Engine, startEngine } from '../support/fresh-store.ts';

const TOCSIN = fileURLToPath(new URL('../../packages/cli/bin/tocsin.js', import.meta.url));

let engine: Engine;
let store: Store;
let env: Record<string, string>;

beforeAll(async () => {
  engine = await startEngine();
  store = await engine.freshStore();
  const { version, files } = loadRegistry(shippedRegistry(), { shiftWeeks: 0 });
  await storeRegistry(store, version, rowsOf(files));
  env = { PATH: process.env.PATH ?? '', CLICKHOUSE_URL: engine.url, CLICKHOUSE_DATABASE: store.database };
});
afterAll(() => engine.stop());

const report = (...args: string[]) =>
  promisify(execFile)(process.execPath, [TOCSIN, 'report', ...args], { env }).then(
    ({ stdout }) => ({ code: 0, stdout, stderr: '' }),
    ({ code, stdout, stderr }) => ({ code, stdout, stderr }),
  );
const PERIOD = ['--from', '2020-07-01', '--to', '2020-07-02'];

it('a party that the registry has is told of its own devices', async () => {
  const { code, stdout } = await report('stoppable', ...PERIOD, '--party', 'sup-01');
  expect([code, stdout]).toEqual([0, 'Nothing of this period can be stopped now.\n']);
});

it('a misspelt party is named, with those that there are', async () => {
  const { code, stdout, stderr } = await report('stoppable', ...PERIOD, '--party', 'sup-1');
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/--party sup-1: expected one that the registry has: .*sup-01, /);
});

it('a party without an id is nobody, not everybody', async () => {
  const { code, stdout, stderr } = await report('stoppable', ...PERIOD, '--party', '');
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain('Expected the id of a party');
});

it.each(QUESTIONS)('$name is not told to a party without an id', async (one) => {
  await expect(one.answer(store, {}, { party: '' })).rejects.toThrow(NotYours);
});
