import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ClickHouse, kafkaTool, startClickHouse, startEmbedded, startKafka } from '@tocsin/embedded';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

let dataDir: string;
const stops: (() => Promise<void>)[] = [];
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'tocsin-engines-'));
});
afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
  await rm(dataDir, { recursive: true });
});

async function up<T extends { stop(): Promise<void> }>(starting: Promise<T>): Promise<T> {
  const engine = await starting;
  stops.push(() => engine.stop());
  return engine;
}

const alive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('Kafka', () => {
  const tool = (name: string, brokers: string, args: string[], input = '') =>
    kafkaTool(`org.apache.kafka.tools.${name}`, ['--bootstrap-server', brokers, ...args], { input });
  const topic = ['--topic', 'alerts'];

  test('keeps its records, its cluster and its port over a kill -9', async () => {
    const first = await up(startKafka({ dataDir }));
    await tool('TopicCommand', first.brokers, ['--create', ...topic, '--partitions', '1']);
    // Each compression is produced and read in test/e2e/compression.test.ts.
    for (const codec of ['none', 'zstd'])
      await tool(
        'ConsoleProducer',
        first.brokers,
        [...topic, '--compression-codec', codec],
        'one\n'.repeat(5),
      );
    process.kill(first.pid, 'SIGKILL');
    expect(await first.exited).toEqual({ code: null, signal: 'SIGKILL' });

    const second = await up(startKafka({ dataDir, port: first.port }));
    expect(second.brokers).toBe(first.brokers);
    expect(second.pid).not.toBe(first.pid);
    expect((await tool('GetOffsetShell', second.brokers, topic)).stdout).toBe('alerts:0:10\n');
    await second.stop();
    expect(alive(second.pid)).toBe(false);
  });

  test('takes settings over ours', async () => {
    const { brokers } = await up(startKafka({ dataDir, config: { 'num.partitions': '3' } }));
    await tool('TopicCommand', brokers, ['--create', ...topic]);
    expect((await tool('GetOffsetShell', brokers, topic)).stdout).toBe(
      'alerts:0:0\nalerts:1:0\nalerts:2:0\n',
    );
  });
});

describe('ClickHouse', () => {
  const post = async ({ url }: ClickHouse, body: string, parameters = {}) =>
    (await fetch(`${url}/?${new URLSearchParams(parameters)}`, { method: 'POST', body })).text();

  test('keeps what it acknowledged, and the tokens of it, over a kill -9 under load', async () => {
    const first = await up(startClickHouse({ dataDir }));
    const table =
      'CREATE TABLE kept (a UInt64) ENGINE = MergeTree ORDER BY a SETTINGS non_replicated_deduplication_window = 1000';
    expect(await post(first, table)).toBe('');
    const insert = (server: ClickHouse, token: number) =>
      post(server, `${token}\n`.repeat(20_000), {
        query: 'INSERT INTO kept FORMAT TSV',
        async_insert: '0',
        insert_deduplication_token: String(token),
      });
    const acknowledged: number[] = [];
    const load = (async () => {
      for (let token = 0; ; token += 1) {
        expect(await insert(first, token)).toBe('');
        acknowledged.push(token);
      }
    })().catch((error) => error);
    await vi.waitFor(() => expect(acknowledged.length).toBeGreaterThan(20), { timeout: 30_000 });
    process.kill(first.pid, 'SIGKILL');
    expect((await load).message).toBe('fetch failed');

    const second = await up(startClickHouse({ dataDir, port: first.port }));
    expect(second.url).toBe(first.url);
    const counts = 'SELECT a, count() FROM kept GROUP BY a ORDER BY a FORMAT TSV';
    const whole = (tokens: number[]) => tokens.map((token) => `${token}\t20000\n`).join('');
    // The one that was under way is there in whole, or not at all.
    const unsure = await post(second, counts);
    expect([whole(acknowledged), whole([...acknowledged, acknowledged.length])]).toContain(unsure);
    // A plain MergeTree remembers a token before it has the rows, so a retry of that one may be dropped as well:
    // what the delivery of blocks counts for. The acknowledged ones are there, and their tokens hold.
    for (const token of acknowledged) expect(await insert(second, token)).toBe('');
    expect(await post(second, counts)).toBe(unsure);
  });

  test('stops with queries under way, and leaves no pipe and no file', async () => {
    const server = await up(startClickHouse({ dataDir }));
    const endless = post(
      server,
      'SELECT count() FROM numbers(1000000000000) WHERE NOT ignore(sipHash64(number))',
    );
    const failed = expect(endless).rejects.toThrow('fetch failed');
    const running =
      "SELECT count() FROM system.processes WHERE query LIKE '%sipHash64%' AND query NOT LIKE '%processes%'";
    await vi.waitFor(async () => expect(await post(server, running)).toBe('1\n'));
    await server.stop();
    await failed;
    expect(alive(server.pid)).toBe(false);
    const again = await up(startClickHouse({ dataDir }));
    const left = await readdir(join(dataDir, 'run'));
    expect(left.filter((name) => name.endsWith('.data'))).toEqual([]);
    expect(await post(again, 'SELECT 1')).toBe('1\n');
  });

  test('a data folder that another one uses is refused, and not harmed', async () => {
    const first = await up(startClickHouse({ dataDir }));
    await expect(startClickHouse({ dataDir })).rejects.toThrow(/ended at start/);
    expect(await post(first, 'SELECT 1')).toBe('1\n');
  });
});

describe('a port that another process has', () => {
  const taken = async (answer: RequestListener): Promise<number> => {
    const server = createServer(answer).listen(0, '127.0.0.1');
    stops.push(async () => void server.close().closeAllConnections());
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  };

  test("its answers are never taken for ClickHouse's", async () => {
    const port = await taken((_, response) => void response.end('Ok.\n'));
    await expect(startClickHouse({ dataDir, port })).rejects.toThrow(
      `ClickHouse can't have port ${port} on 127.0.0.1: another process listens there`,
    );
  });

  test('nor is it waited for by Kafka', async () => {
    const port = await taken(() => {});
    await expect(startKafka({ dataDir, port })).rejects.toThrow(`Kafka can't have port ${port} on 127.0.0.1`);
  });

  test('even where it comes only after the engine was started', async () => {
    const port = await taken((_, response) => void response.end('Ok.\n'));
    const main = new URL('../../packages/embedded/dist/clickhouse/main.js', import.meta.url).pathname;
    const settings = { dataDir: join(dataDir, 'store'), runDir: join(dataDir, 'run'), port, user: 'default' };
    const engine = spawn(process.execPath, [main], {
      env: { ...process.env, TOCSIN_CLICKHOUSE: JSON.stringify({ ...settings, password: '', queries: 1 }) },
    });
    const said: string[] = [];
    engine.stdout.on('data', (text) => said.push(`${text}`));
    engine.stderr.on('data', (text) => said.push(`${text}`));
    await once(engine, 'close');
    expect(said.join('')).toContain('EADDRINUSE');
    expect(said.join('')).not.toContain('listening');
  });
});

test('one port for both is refused', async () => {
  await expect(startEmbedded({ dataDir, kafkaPort: 20_001, clickhousePort: 20_001 })).rejects.toThrow(
    "Kafka and ClickHouse can't both have port 20001",
  );
});

test('both together; killed, their parent leaves neither behind', async () => {
  const both = await up(startEmbedded({ dataDir }));
  expect(await (await fetch(`${both.clickhouseUrl}/ping`)).text()).toBe('Ok.\n');
  await both.stop();
  expect([alive(both.kafka.pid), alive(both.clickhouse.pid)]).toEqual([false, false]);

  const script = `
    const { startEmbedded } = await import('@tocsin/embedded');
    const { kafka, clickhouse } = await startEmbedded({ dataDir: ${JSON.stringify(dataDir)} });
    console.log(JSON.stringify([kafka.pid, clickhouse.pid]));`;
  const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(parent.stdout, 'data');
  const pids = JSON.parse(line) as number[];
  expect(pids.map(alive)).toEqual([true, true]);
  parent.kill('SIGKILL');
  await vi.waitFor(() => expect(pids.map(alive)).toEqual([false, false]), { timeout: 10_000 });
});
