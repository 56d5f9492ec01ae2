import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InventoryMessage } from '@tocsin/domain';
import { connectKafka, createProducer, ensureTopics, type Producer } from '@tocsin/kafka';
import { shippedRegistry } from '@tocsin/registry';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Line, startLine } from '../support/line.ts';
import { type Service, startService, tocsin } from '../support/service.ts';
import { until } from '../support/until.ts';

const METER = '00-DB-12-34-56-78-90-A0';
const HOUR = 3_600_000;
const BEGIN = Date.UTC(2020, 6, 1, 6);

let line: Line;
let inventory: Service;
let builder: Service;
let producer: Producer;
let registry: string;
beforeAll(async () => {
  registry = await mkdtemp(join(tmpdir(), 'tocsin-registry-'));
  await cp(shippedRegistry(), registry, { recursive: true });
  line = await startLine({ REGISTRY: registry, FETCH_MIN_BYTES: '1' });
  inventory = startService(['inventory'], line.env);
  await inventory.line('a position', ({ msg }) => msg === 'resumed');
  builder = startService(['builder'], { ...line.env, BUILD_QUIET_SECONDS: '1', BUILD_INTERVAL_MS: '100' });
  const kafka = connectKafka({ brokers: [line.brokers], clientId: 'test', log: () => {} });
  await ensureTopics(kafka, ['alerts', 'inventory']);
  producer = await createProducer(kafka);
});
afterAll(async () => {
  await producer?.close();
  await Promise.all([inventory?.kill('SIGTERM'), builder?.kill('SIGTERM')]);
  await line?.stop();
  await rm(registry, { recursive: true, force: true });
});

let counter = 0;
async function alert(raisedAt: number, receivedAt = raisedAt + 1000, alertCode = '8014'): Promise<void> {
  const value = {
    requestId: `${METER}:00-00-00-00-00-00-00-00:${++counter}`,
    deviceId: METER,
    alertCode,
    raisedAt: new Date(raisedAt).toISOString(),
    receivedAt: new Date(receivedAt).toISOString(),
  };
  await producer.send('alerts', [{ key: METER, value: Buffer.from(JSON.stringify(value)) }]);
}

type Event = {
  [K in InventoryMessage['event']]: Omit<
    Extract<InventoryMessage, { event: K }>,
    'v' | 'eventId' | 'deviceId' | 'effectiveAt'
  >;
}[InventoryMessage['event']];
async function tell(effectiveAt: number, event: Event): Promise<void> {
  const base = {
    v: 1,
    eventId: `e-${++counter}`,
    deviceId: METER,
    effectiveAt: new Date(effectiveAt).toISOString(),
  };
  await producer.send('inventory', [
    { key: METER, value: Buffer.from(JSON.stringify({ ...base, ...event })) },
  ]);
}

interface Row {
  hour: string;
  model: string;
  responsible_party: string;
  reason: string;
  remedy: string;
  alerts: number;
}
const RANGE = "from = '2020-07-01 00:00:00', to = '2020-07-02 00:00:00'";
const answer = () =>
  line.store.rows<Row>(
    `SELECT toString(hour) AS hour, model, responsible_party, reason, remedy, sum(volume.alerts) AS alerts
     FROM alert_volume(${RANGE}) AS volume GROUP BY ALL ORDER BY ALL`,
  );
const hourOf = (n: number) => `2020-07-01 0${6 + n}:00:00`;
const row = (
  n: number,
  model: string,
  responsible_party: string,
  reason: string,
  remedy = 'none',
  alerts = 1,
): Row => ({
  hour: hourOf(n),
  model,
  responsible_party,
  reason,
  remedy,
  alerts,
});

async function untilAnswer(what: string, expected: readonly Row[]): Promise<void> {
  let found: Row[] = [];
  await until(what, async () => {
    found = await answer();
    return JSON.stringify(found) === JSON.stringify(expected);
  }).catch(() => expect(found).toEqual(expected));
}

const allBuilt = () =>
  until('all buckets to be built', async () => {
    const [count] = await line.store.rows<{ n: number }>(
      `SELECT countIf(toUInt128(version) = 0) AS n FROM bucket_versions(target = 'rollup_hours', seconds = 3600, ${RANGE})`,
    );
    return count?.n === 0;
  });

/** All rows are compared with all that is known of devices: a change of the rules finds none that still has to be. */
const allCompared = () =>
  until('all rows to be compared', async () => {
    const [row] = await line.store.rows<{ all: boolean }>(
      `SELECT (SELECT sum(end) FROM (SELECT max(offset) + 1 AS end FROM device_history GROUP BY stream, partition)) =
         (SELECT min(arraySum(mapValues(newest))) FROM (
            SELECT argMax(through, (claim, at)) AS newest FROM reattributed GROUP BY stream, partition
          )) AS all`,
    );
    return row?.all ?? false;
  });

test('alerts of a device are unknown until the inventory tells of it, and then as they should have been', async () => {
  for (const n of [0, 1, 2]) await alert(BEGIN + n * HOUR);
  // A clock that is years behind, and an alert that came two hours late.
  await alert(BEGIN - 1e11, BEGIN + 2 * HOUR);
  await alert(BEGIN, BEGIN + 2 * HOUR);
  const unknown = (n: number, alerts: number) => row(n, '', '', 'unknown-device', 'none', alerts);
  await untilAnswer('the alerts to be counted', [unknown(0, 1), unknown(1, 1), unknown(2, 3)]);
  await allBuilt();

  await tell(BEGIN - 24 * HOUR, {
    event: 'installed',
    kind: 'ESME',
    manufacturer: 'Kestrel',
    model: 'KM-200',
    firmware: '3.4.0',
    region: 'South',
    supplier: 'sup-01',
    networkOperator: 'idno-03',
    hanState: 'stable',
  });
  const owned = (n: number, operator: string, reason: string, remedy = 'released', alerts = 1) =>
    row(n, 'KM-200', operator, reason, remedy, alerts);
  await untilAnswer('corrections', [
    owned(0, 'idno-03', 'not-a-dcc-user'),
    owned(1, 'idno-03', 'not-a-dcc-user'),
    owned(2, 'idno-03', 'not-a-dcc-user', 'released', 3),
  ]);
  await allBuilt();

  // Told late: the network's operator changed, and the firmware was activated, between the second and the third hour.
  await tell(BEGIN + 1.5 * HOUR, { event: 'network-operator-changed', networkOperator: 'dno-01' });
  await tell(BEGIN + 1.5 * HOUR, { event: 'firmware-activated', version: '3.5.1' });
  const expected = [
    owned(0, 'idno-03', 'not-a-dcc-user'),
    owned(1, 'idno-03', 'not-a-dcc-user'),
    owned(2, 'dno-01', 'service-request', 'none', 2),
    owned(2, 'idno-03', 'not-a-dcc-user'),
  ];
  await untilAnswer('corrections of what came after', expected);
  await allBuilt();
  expect(await answer()).toEqual(expected);
});

test('a registry that changes holds for alerts from then on, and for earlier ones once that is asked for', async () => {
  await allCompared();
  const before = await answer();
  const parties = join(registry, 'parties.yaml');
  const text = await readFile(parties, 'utf8');
  const changed = text.replace(/(id: dno-01\n(?:.*\n)*?.*dcc-user: )true/, '$1false');
  expect(changed).not.toBe(text);
  await writeFile(parties, changed);
  await line.processor.line(
    'the registries to be taken over',
    ({ msg }) => msg.includes('taken over'),
    0,
    60_000,
  );
  const { command } = await line.processor.line('the command', ({ command }) => command !== undefined, 0);
  await alert(BEGIN + 3 * HOUR);
  const refused = row(3, 'KM-200', 'dno-01', 'not-a-dcc-user');
  await untilAnswer('the new alert', [...before, refused]);

  // The flag was changed for all times, so that all alerts are compared.
  const { code, stdout } = await tocsin([...String(command).split(' ').slice(1), '--json'], line.env);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ compared: 6, corrected: 2 });
  const after = before.map((one) =>
    one.responsible_party === 'dno-01' ? { ...one, reason: 'not-a-dcc-user' } : one,
  );
  await untilAnswer('the earlier ones', [...after, refused]);
  const verified = await tocsin(['verify', '--json'], line.env);
  expect(JSON.parse(verified.stdout)).toMatchObject({ ok: true });
});
