import { ALERT_COLUMNS, escapeText, type Store, storedRows } from '@tocsin/clickhouse';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Engine, startEngine } from '../support/fresh-store.ts';
import { feedLedger, HOUR, STREAM } from '../support/store-feed.ts';

let engine: Engine;
let store: Store;
beforeAll(async () => {
  engine = await startEngine();
  store = await engine.freshStore();
});
afterAll(() => engine.stop());

const TEXTS = ["O'Hare", 'a\\b', "\\'", 'tab\tline\nreturn\rnull\0back\bfeed\f', 'quote " and é', '~ !#$%'];

it('rows come back as they were written, whatever their texts: no correction finds a difference', async () => {
  const since = Date.UTC(2020, 6, 7, 10);
  const known: Record<string, string | number> = {
    stream: STREAM,
    partition: 0,
    planned_at: '2020-07-07 10:00:01.000',
    received_at: '2020-07-07 10:00:00.000',
    raised_at: '\\N',
    counter: 1,
    alert_code: '8014',
    message_code: 0,
    alerts: 1,
    encoding: 'json',
    clock_suspect: 0,
  };
  const zeros = '0'.repeat(16);
  const ids: readonly string[] = ['device', 'originator', 'target', 'hub'];
  const rows = TEXTS.map((text, offset) =>
    ALERT_COLUMNS.map((column) =>
      column === 'offset' ? offset : ids.includes(column) ? zeros : (known[column] ?? escapeText(text)),
    ).join('\t'),
  );
  const messages = TEXTS.map((_, offset) => ({
    offset,
    receivedAt: since / 1000,
    code: '8014',
    device: 0,
    alerts: 1,
  }));
  const block = { partition: 0, first: 0, last: TEXTS.length - 1, accepted: messages };
  await feedLedger(store, [{ ...block, rejected: [], duplicates: 0 }]);
  const body = rows.map((row) => `${row}\n`).join('');
  await store.insert({ table: 'alerts', columns: ALERT_COLUMNS, format: 'TabSeparated', body });

  const models = await store.rows<{ model: string }>('SELECT model FROM alerts ORDER BY offset');
  expect(models.map(({ model }) => model)).toEqual(TEXTS);
  const range = { stream: STREAM, partitions: [0], from: since, to: since + HOUR * 1000 };
  const stored: string[] = [];
  for await (const piece of storedRows(store, range)) stored.push(...piece);
  expect(stored.sort()).toEqual(rows.sort());
});
