import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectKafka, createProducer, ensureTopics, type Producer } from '@tocsin/kafka';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Engines, startEngines } from '../support/engines.ts';
import { countProduced } from '../support/kafka-tools.ts';
import { type Lane, openLane } from '../support/lane.ts';
import { verify } from '../support/proof.ts';
import { type Service, tocsin } from '../support/service.ts';
import { until } from '../support/until.ts';

const DAY_MS = 86_400_000;
const DEVICES = 120;

let engines: Engines;
let lane: Lane;
let producer: Producer;
let service: Service;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tocsin-inventory-'));
  engines = await startEngines();
  lane = await openLane(engines, 'events');
  const kafka = connectKafka({ brokers: [lane.brokers], clientId: 'test' });
  await ensureTopics(kafka, [lane.env.INVENTORY_TOPIC as string]);
  producer = await createProducer(kafka);
  service = lane.inventory();
});
afterAll(async () => {
  await producer?.close();
  await lane?.close();
  await engines?.stop();
  await rm(folder, { recursive: true, force: true });
});

const idOf = (device: number) =>
  `00-DB-00-00-00-00-${String(device).padStart(4, '0').replace(/(..)/, '$1-')}`;
const send = (events: { device: number; value: unknown; key?: string }[]) =>
  producer.send(
    lane.env.INVENTORY_TOPIC as string,
    events.map(({ device, value, key = idOf(device) }) => ({
      key,
      value: Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)),
    })),
  );
/** Events of one kind have one id on all devices: an id is its device's own. */
const event = (device: number, name: string, rest: object = {}, effectiveAt = '2020-07-07T10:00:00Z') => ({
  device,
  value: { v: 1, eventId: name, deviceId: idOf(device), effectiveAt, event: name, ...rest },
});

interface Counts {
  records: number;
  accepted: number;
  rejected: number;
  duplicates: number;
}
/**
 * What the ledger has of all that is on the topic. A producer whose answer was lost sends again, so that there may be more
 * rejected and more duplicates than were sent, but nothing more is accepted.
 */
async function ledgered(sent: Omit<Counts, 'records'>): Promise<Counts> {
  const produced = await countProduced(lane.brokers, lane.env.INVENTORY_TOPIC as string);
  const counts = await until(`${produced} records in the ledger`, async () => {
    const [row] = await lane.store.rows<Counts>(
      `SELECT sum(r) AS records, sum(a) AS accepted, sum(j) AS rejected, sum(d) AS duplicates FROM (
         SELECT any(records) AS r, any(accepted) AS a, any(rejected) AS j, any(duplicates) AS d
         FROM inventory_blocks GROUP BY stream, partition, first_offset)`,
    );
    return row?.records === produced && row;
  });
  expect(counts.accepted).toBe(sent.accepted);
  expect(counts.rejected).toBeGreaterThanOrEqual(sent.rejected);
  expect(counts.duplicates).toBeGreaterThanOrEqual(sent.duplicates);
  expect(counts.accepted + counts.rejected + counts.duplicates).toBe(produced);
  return counts;
}
const proved = () =>
  until('a proof with nothing behind', async () => {
    const proof = await verify(lane);
    return proof.log?.behind === 0 && proof;
  });

test('events become the history of their devices, each once, and what can not be read a dead letter', async () => {
  const installed = Array.from({ length: DEVICES }, (_, n) =>
    event(n, 'installed', { kind: 'ESME', model: 'KM-200', firmware: '3.4.0', supplier: null }),
  );
  const changed = Array.from({ length: DEVICES }, (_, n) =>
    event(n, 'supplier-changed', { supplier: 'sup-01' }),
  );
  await send(installed);
  await send(changed);
  await send(installed.slice(0, 5));
  await send([
    { device: 1, value: '{"v": 1' },
    event(2, 'firmware-activated', { version: 'newest' }),
    { ...event(3, 'commissioned'), key: idOf(4) },
    event(5, 'decommissioned', {}, new Date(Date.now() + 1000 * DAY_MS).toISOString()),
  ]);
  const { rejected } = await ledgered({ accepted: 2 * DEVICES, rejected: 4, duplicates: 5 });

  const rows = await until('the rows', async () => {
    const found = await lane.store.rows<{ n: number }>(
      `SELECT event, model, firmware, supplier, count() AS n FROM device_history GROUP BY ALL ORDER BY event`,
    );
    return found.reduce((sum, { n }) => sum + n, 0) === 2 * DEVICES && found;
  });
  expect(rows).toEqual([
    { event: 'installed', model: 'KM-200', firmware: '3.4.0', supplier: '', n: DEVICES },
    { event: 'supplier-changed', model: null, firmware: null, supplier: 'sup-01', n: DEVICES },
  ]);
  const letters = await until('the dead letters', async () => {
    const found = await lane.store.rows<{ reason: string }>(
      'SELECT reason FROM rejected FINAL ORDER BY reason',
    );
    return found.length === rejected && found;
  });
  expect([...new Map(letters.map((letter) => [letter.reason, letter])).values()]).toEqual(
    ['effective-in-future', 'invalid-version', 'json-syntax', 'key-mismatch'].map((reason) => ({ reason })),
  );
  await until(
    'the dead letters on their topic',
    async () => (await countProduced(lane.brokers, lane.env.INVENTORY_REJECTED_TOPIC as string)) >= rejected,
  );
});

test('killed and begun anew, it knows the events that it took, and the proof holds', async () => {
  await service.kill();
  service = lane.inventory();
  const again = Array.from({ length: 30 }, (_, n) => event(n, 'supplier-changed', { supplier: 'sup-01' }));
  await send(again);
  await send([event(7, 'han-state', { hanState: 'unstable' })]);
  const counts = await ledgered({ accepted: 2 * DEVICES + 1, rejected: 4, duplicates: 35 });
  expect(await proved()).toMatchObject({
    ok: true,
    store: { inventory: { counts: { ...counts, rawRows: 2 * DEVICES + 1 } }, violations: {} },
    log: { differences: [] },
  });
});

test('a dead letter goes back to the topic of the inventory, and not to that of the alerts', async () => {
  const alerts = await tocsin(['redrive', '--all', '--json'], lane.env);
  expect(JSON.parse(alerts.stdout)).toMatchObject({ produced: 0, counts: [] });

  const dry = await tocsin(['redrive', '--inventory', '--dry-run', '--json'], lane.env);
  expect(JSON.parse(dry.stdout)).toMatchObject({ readable: 0 });
  const wider = await tocsin(['redrive', '--inventory', '--json'], { ...lane.env, ANNOUNCE_DAYS: '2000' });
  expect(JSON.parse(wider.stdout)).toMatchObject({ readable: 1, produced: 1 });

  const mended = join(folder, 'mended.json');
  await writeFile(mended, JSON.stringify(event(2, 'firmware-activated', { version: '3.5.1' }).value));
  const back = await tocsin(
    ['redrive', '--inventory', '--reason', 'invalid-version', '--with', mended, '--json'],
    lane.env,
  );
  expect(JSON.parse(back.stdout)).toMatchObject({ produced: 1 });
  // The service itself was given no wider limit, so the other one is rejected again.
  const counts = await ledgered({ accepted: 2 * DEVICES + 2, rejected: 5, duplicates: 35 });
  expect(await proved()).toMatchObject({ ok: true, store: { inventory: { counts } } });
  expect(await service.kill('SIGTERM')).toMatchObject({ code: 0 });
});
