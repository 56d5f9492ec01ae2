import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { kafkaTool } from '@tocsin/embedded';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Line, startLine } from '../support/line.ts';
import { tocsin } from '../support/service.ts';
import { until } from '../support/until.ts';

const VECTORS = fileURLToPath(new URL('../fixtures/vectors/', import.meta.url));
const CONSUMER = 'org.apache.kafka.tools.consumer.ConsoleConsumer';

let line: Line;
let folder: string;
let whole: Buffer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tocsin-letters-'));
  const hex = await readFile(`${VECTORS}GCA-DLMS_NA_8F30_ALERT_GBCS.HEX`, 'utf8');
  whole = Buffer.from(hex.trim(), 'hex');
  line = await startLine();
});
afterAll(async () => {
  await line?.stop();
  await rm(folder, { recursive: true, force: true });
});

async function publish(name: string, bytes: Buffer): Promise<void> {
  await writeFile(join(folder, name), bytes);
  const { code, stderr } = await tocsin(['publish', join(folder, name)], line.env);
  expect([code, stderr]).toEqual([0, '']);
}

const count = async (table: string): Promise<number> => {
  const [row] = await line.store.rows<{ n: number }>(`SELECT count() AS n FROM ${table}`);
  return row?.n ?? 0;
};

test('a broken message is in the table and on the topic, with reason, position and bytes', async () => {
  const broken = whole.subarray(0, 40);
  await publish('broken.bin', broken);
  await until('the dead letter', async () => (await count('rejected')) === 1);
  type Row = { partition: number; offset: number; reason: string; bytes: string };
  const [row] = await line.store.rows<Row>(
    'SELECT partition, offset, reason, lower(hex(value)) AS bytes FROM rejected',
  );
  expect(row).toMatchObject({ offset: 0, reason: 'gbcs-truncated', bytes: broken.toString('hex') });

  const { stdout } = await kafkaTool(CONSUMER, [
    ...['--bootstrap-server', line.brokers, '--topic', 'alerts.rejected', '--from-beginning'],
    ...['--max-messages', '1', '--timeout-ms', '20000', '--formatter-property', 'print.headers=true'],
  ]);
  expect(stdout).toContain('tocsin-reason:gbcs-truncated');
  expect(stdout).toContain(`tocsin-partition:${row?.partition}`);
  expect(stdout).toContain('tocsin-offset:0');
});

test('what can still not be read stays where it is', async () => {
  const { stdout } = await tocsin(['redrive', '--json'], line.env);
  expect(JSON.parse(stdout)).toMatchObject({ readable: 0, produced: 0, counts: [{ waiting: 1 }] });
});

test('mended bytes go back once, and are counted', async () => {
  const mended = join(folder, 'mended.bin');
  await writeFile(mended, whole);
  const dry = await tocsin(['redrive', '--with', mended, '--dry-run', '--json'], line.env);
  expect(JSON.parse(dry.stdout)).toMatchObject({ readable: 1, produced: 0 });
  const first = await tocsin(['redrive', '--with', mended, '--json'], line.env);
  expect(JSON.parse(first.stdout)).toMatchObject({ produced: 1, counts: [{ waiting: 0, redriven: 1 }] });
  const second = await tocsin(['redrive', '--with', mended], line.env);
  expect(second.code).toBe(1);

  await until('the mended alert', async () => (await count('alerts')) === 1);
  const proof = await tocsin(['verify', '--json'], line.env);
  expect(JSON.parse(proof.stdout)).toMatchObject({
    ok: true,
    store: { counts: { records: 2, accepted: 1, rejected: 1, duplicates: 0 } },
    log: { behind: 0 },
  });
});

test('the same message again is a duplicate, not an alert', async () => {
  await publish('again.bin', whole);
  const proof = await until('the third record', async () => {
    const { stdout } = await tocsin(['verify', '--json'], line.env);
    const answer = JSON.parse(stdout);
    return answer.store.counts.records === 3 && answer;
  });
  expect(proof).toMatchObject({ ok: true, store: { counts: { accepted: 1, rejected: 1, duplicates: 1 } } });
});

test('no more are put back than the limit says, and what is put back unreadable is a dead letter again', async () => {
  await publish('one.bin', whole.subarray(0, 41));
  await publish('two.bin', whole.subarray(0, 42));
  await until('two more dead letters', async () => (await count('rejected FINAL')) === 3);
  const { stdout } = await tocsin(['redrive', '--all', '--limit', '1', '--json'], line.env);
  expect(JSON.parse(stdout)).toMatchObject({
    readable: 0,
    produced: 1,
    counts: [{ waiting: 1, redriven: 2 }],
  });
  await until('the letter that came back', async () => (await count('rejected FINAL')) === 4);
});

test('attempts in doubt are settled by position alone, and none is here', async () => {
  const settled = await tocsin(['redrive', '--settle', 'withdrawn', '--json'], line.env);
  expect([settled.code, JSON.parse(settled.stdout)]).toMatchObject([
    0,
    { state: 'withdrawn', positions: [] },
  ]);
  const wrong = await tocsin(['redrive', '--settle', 'withdrawn', '--reason', 'empty'], line.env);
  expect(wrong.code).toBe(2);
  expect(wrong.stderr).toContain('--settle takes');
});
