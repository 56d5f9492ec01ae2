import { readFileSync } from 'node:fs';
import type { Store } from '@tocsin/clickhouse';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Engine, startEngine } from '../support/fresh-store.ts';

const text = readFileSync(new URL('../../deploy/runbook.md', import.meta.url), 'utf8');
const QUERIES = [...text.matchAll(/`(SELECT [^`]*)`/g)].map(([, query]) => query!.replaceAll(/\s+/g, ' '));

let engine: Engine;
let store: Store;
beforeAll(async () => {
  engine = await startEngine();
  store = await engine.freshStore();
});
afterAll(() => engine.stop());

test('the runbook has queries', () => expect(QUERIES.length).toBeGreaterThan(8));

test.each(QUERIES)('whoever is called at night can ask: %s', async (query) => {
  expect(await store.rows(query)).toBeInstanceOf(Array);
});
