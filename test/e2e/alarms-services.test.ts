import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '@tocsin/embedded';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Engines, startEngines } from '../support/engines.ts';
import { type Lane, openLane } from '../support/lane.ts';
import { DEPLOY, type Prometheus, startPrometheus } from '../support/prometheus.ts';
import { untilLedgered } from '../support/proof.ts';
import { type Service, startService } from '../support/service.ts';
import { until } from '../support/until.ts';

let engines: Engines;
let lane: Lane;
let prometheus: Prometheus;
let ports: { processor: number[]; builder: number[]; inventory: number[]; exporter: number[] };
let processors: [Service, Service];
let builder: Service;
let exporter: Service;

const at = (port: number | undefined) => ({ METRICS_PORT: String(port) });

beforeAll(async () => {
  engines = await startEngines();
  lane = await openLane(engines, 'alarms');
  ports = {
    processor: [await freePort(), await freePort()],
    builder: [await freePort()],
    inventory: [await freePort()],
    exporter: [await freePort()],
  };
  prometheus = await startPrometheus(ports);
  builder = lane.builder(at(ports.builder[0]));
  lane.inventory(at(ports.inventory[0]));
  exporter = startService(['exporter'], {
    ...{ ...lane.env, ...at(ports.exporter[0]) },
    ...{ FEED_EVERY_MS: '1000', HOURS_EVERY_MS: '3000', VERIFY_EVERY_MS: '5000' },
  });
});
afterAll(async () => {
  await prometheus?.stop();
  await exporter?.kill();
  await lane?.close();
  await engines?.stop();
});

const value = async (promql: string): Promise<number> => (await prometheus.query(promql))[0]?.value ?? 0;

test('what two processors counted is what the store has, also after they shared the partitions anew', async () => {
  const one = lane.processor(at(ports.processor[0]));
  const first = await lane.feed({ count: 3000 });
  await untilLedgered(lane, first.produced);
  const seen = one.lines.length;
  const other = lane.processor(at(ports.processor[1]));
  processors = [one, other];
  const shares = ({ msg, partitions }: { msg: string; partitions?: unknown }) =>
    msg === 'assigned' && (partitions as number[]).length === 2;
  await Promise.all([one.line('its half', shares, seen), other.line('the other half', shares)]);
  const second = await lane.feed({ count: 3000, seed: 2 });
  await untilLedgered(lane, first.produced + second.produced);

  const accepted = {
    messages: first.accepted.messages + second.accepted.messages,
    alerts: first.accepted.alerts + second.accepted.alerts,
  };
  // The ledger comes before the rows.
  const read = async () => {
    const [stored] = await lane.store.rows<{ messages: number; alerts: number }>(
      'SELECT count() AS messages, sum(alerts) AS alerts FROM alerts',
    );
    return stored!;
  };
  await until('the last rows', async () => (await read()).messages >= accepted.messages);
  const stored = await read();
  expect(stored).toEqual(accepted);
  await until(
    'both to be scraped',
    async () => (await value('count(tocsin_messages_total{outcome="accepted"})')) === 2,
  );
  await until(
    'the last block to be scraped',
    async () => (await value('sum(tocsin_messages_total{outcome="accepted"})')) >= stored.messages,
  );
  expect(await value('sum(tocsin_messages_total{outcome="accepted"})')).toBe(stored.messages);
  expect(await value('sum(tocsin_alerts_total)')).toBe(stored.alerts);
});

test('dead letters, of which two in a hundred come', async () => {
  const feed = await lane.startFeed({ rate: 300, seed: 3 });
  await prometheus.fires('Rejects');
  await feed.end();
  await prometheus.clears('Rejects');
});

test('a service that was killed', async () => {
  await builder.kill();
  await prometheus.fires('ServiceDown');
  builder = lane.builder(at(ports.builder[0]));
  await prometheus.clears('ServiceDown');
});

test('hours that a builder leaves alone, until another one builds them', async () => {
  await builder.kill('SIGTERM');
  await lane.feed({ count: 1000, seed: 5 });
  const never = { BUILD_QUIET_SECONDS: '86400', BUILD_PATIENCE_SECONDS: '86400' };
  builder = lane.builder({ ...at(ports.builder[0]), ...never });
  await prometheus.fires('BucketsStale', { target: 'rollup_hours' });
  await builder.kill('SIGTERM');
  builder = lane.builder(at(ports.builder[0]));
  await prometheus.clears('BucketsStale');
});

test('a store that answers nobody while the feed goes on, until it does', async () => {
  const alarms = ['LagGrowing', 'DirectoryOld', 'NetworkUnread', 'VerifyOld'];
  for (const alarm of alarms) await prometheus.clears(alarm);
  const feed = await lane.startFeed({ rate: 300, seed: 4 });
  const resume = engines.pauseClickHouse();
  try {
    for (const alarm of alarms) await prometheus.fires(alarm);
  } finally {
    resume();
    await feed.end();
  }
  for (const alarm of alarms) await prometheus.clears(alarm);
});

test('a partition that would count rows twice, until a person has looked', async () => {
  for (const one of processors) await one.kill('SIGTERM');
  const rogue = 'partition = 0 AND offset = 99000000';
  await lane.store.command(
    'INSERT INTO alerts SELECT * REPLACE (99000000 AS offset) FROM alerts WHERE partition = 0 LIMIT 1',
  );
  const halting = lane.processor(at(ports.processor[0]));
  await prometheus.fires('PartitionHalted');
  await lane.store.command(`ALTER TABLE alerts DELETE WHERE ${rogue} SETTINGS mutations_sync = 2`);
  await halting.kill('SIGTERM');
  lane.processor(at(ports.processor[0]));
  await until(
    'all partitions to be taken up',
    async () => (await value('count(tocsin_partition_halted == 0)')) === 4,
  );
  await prometheus.clears('PartitionHalted');
});

test('every metric that a rule or a panel asks for is scraped', async () => {
  const asked = new Set(
    ['prometheus/rules', 'grafana/dashboards'].flatMap((folder) =>
      readdirSync(join(DEPLOY, folder)).flatMap((name) =>
        [...readFileSync(join(DEPLOY, folder, name), 'utf8').matchAll(/\b(tocsin_\w+?)(_bucket)?\b/g)].map(
          ([, metric]) => metric!,
        ),
      ),
    ),
  );
  expect(asked.size).toBeGreaterThan(30);
  // Of a network without history some say nothing: their names are told of, without a value.
  const told = await Promise.all(
    Object.values(ports)
      .flat()
      .map((port) =>
        fetch(`http://127.0.0.1:${port}/metrics`).then(
          (response) => response.text(),
          () => '',
        ),
      ),
  );
  const names = new Set(told.join('\n').match(/(?<=# TYPE )\w+/g));
  expect([...asked].filter((name) => !names.has(name))).toEqual([]);
  const scraped = await prometheus.names();
  for (const name of ['tocsin_partition_halted', 'tocsin_rejects_total', 'tocsin_verify_differences'])
    expect(scraped).toContain(name);
});
