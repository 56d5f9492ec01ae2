import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Line, startLine } from '../support/line.ts';
import { tocsin } from '../support/service.ts';
import { until } from '../support/until.ts';

const COUNT = 20_000;

interface Volume {
  readonly messages: number;
  readonly alerts: number;
}

let line: Line;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tocsin-truth-'));
  line = await startLine();
});
afterAll(async () => {
  await line?.stop();
  await rm(folder, { recursive: true, force: true });
});

test('the truth of a feed, written before anything is encoded, is what the view counts', async () => {
  const file = join(folder, 'truth.json');
  const faults = ['--duplicates', '0.02', '--rejects', '0.02', '--encodings', 'json:2,duis:1,gbcs:1'];
  const options = ['--rate', 'max', '--count', String(COUNT), '--seed', '34', '--truth', file, ...faults];
  const { code, stderr } = await tocsin(['simulate', ...options], line.env);
  expect([code, stderr]).toEqual([0, '']);
  const truth = JSON.parse(await readFile(file, 'utf8'));
  expect(truth.produced).toBe(COUNT);
  expect(truth.accepted.messages + truth.duplicates.messages + truth.rejected.messages).toBe(COUNT);

  await until('all records to be in the ledger', async () => {
    const ledger = `SELECT sum(records) AS records FROM
      (SELECT any(records) AS records FROM blocks GROUP BY stream, partition, first_offset)`;
    const [row] = await line.store.rows<{ records: number }>(ledger);
    return row?.records === COUNT;
  });
  const view = `SELECT alert_code AS of, sum(messages) AS messages, sum(alerts) AS alerts
    FROM alert_volume(from = '2000-01-01 00:00:00', to = '2100-01-01 00:00:00') GROUP BY of`;
  const raw = 'SELECT encoding AS of, count() AS messages, sum(alerts) AS alerts FROM alerts GROUP BY of';
  const volumes = async (query: string) => {
    const rows = await line.store.rows<Volume & { of: string }>(query);
    return Object.fromEntries(rows.map(({ of, messages, alerts }) => [of, { messages, alerts }]));
  };
  await until('the view to be complete', async () => {
    const codes = Object.values(await volumes(view));
    return codes.reduce((sum, { messages }) => sum + messages, 0) >= truth.accepted.messages;
  });
  expect(await volumes(view)).toEqual(truth.accepted.byCode);
  expect(await volumes(raw)).toEqual(truth.accepted.byEncoding);

  const rejected = await line.store.rows<{ reason: string; messages: number }>(
    'SELECT reason, count() AS messages FROM rejected FINAL GROUP BY reason',
  );
  expect(Object.fromEntries(rejected.map(({ reason, messages }) => [reason, messages]))).toEqual(
    truth.rejected.byReason,
  );
});
