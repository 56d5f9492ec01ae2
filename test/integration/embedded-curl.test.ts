import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { useClickHouse } from '../support/embedded-clickhouse.ts';
import { requireTool } from '../support/tools.ts';

const run = promisify(execFile);

describe.runIf(requireTool('curl', 'apt-get install curl'))('curl', () => {
  const server = useClickHouse({ user: 'u', password: 'p' });
  let folder: string;
  const auth = ['-u', 'u:p'];
  const curl = async (path: string, ...args: string[]) =>
    (await run('curl', ['-sS', `${server.clickhouse.url}${path}`, ...args], { maxBuffer: 1 << 28 })).stdout;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tocsin-curl-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  test('all ways to say who one is', async () => {
    const select = ['-d', 'SELECT 1'];
    expect(await curl('/', ...auth, ...select)).toBe('1\n');
    expect(await curl('/?user=u&password=p', ...select)).toBe('1\n');
    expect(await curl('/', '-H', 'X-ClickHouse-User: u', '-H', 'X-ClickHouse-Key: p', ...select)).toBe('1\n');
    for (const wrong of [[], ['-u', 'u:x'], ['-u', 'x:p'], ['-H', 'X-ClickHouse-User: u']])
      expect(await curl('/', ...wrong, ...select, '-w', '%{http_code}')).toMatch(
        /^Code: 516\. .*AUTHENTICATION_FAILED.*\n403$/,
      );
    expect(await curl('/ping')).toBe('Ok.\n');
  });

  test('a page of somebody else in the browser is not answered', async () => {
    const ask = (origin: string) =>
      curl('/', ...auth, '-H', `Origin: ${origin}`, '-d', 'SELECT 1', '-w', '%{http_code}');
    for (const origin of ['https://example.com', 'null', 'http://127.0.0.1:1'])
      expect(await ask(origin)).toMatch(/^Code: 497\. .*ACCESS_DENIED.*\n403$/);
    expect(await ask(server.clickhouse.url)).toBe('1\n200');
  });

  test('a file of a hundred thousand rows goes in, plain, chunked and zipped', async () => {
    const rows = Array.from({ length: 100_000 }, (_, i) => `${i}\t${'x'.repeat(200)}\n`).join('');
    const [plain, zipped] = [join(folder, 'rows.tsv'), join(folder, 'rows.tsv.gz')];
    await Promise.all([writeFile(plain, rows), writeFile(zipped, gzipSync(rows))]);
    await curl('/', ...auth, '-d', 'CREATE TABLE rows (a UInt64, b String) ENGINE = MergeTree ORDER BY a');
    const into = '/?async_insert=0&query=INSERT%20INTO%20rows%20FORMAT%20TSV';
    const data = ['--data-binary', `@${plain}`];
    expect(await curl(into, ...auth, ...data)).toBe('');
    expect(await curl(into, ...auth, '-H', 'Transfer-Encoding: chunked', ...data)).toBe('');
    expect(await curl(into, ...auth, '-H', 'Content-Encoding: gzip', '--data-binary', `@${zipped}`)).toBe('');
    const parts = 'SELECT count(), uniqExact(a), uniqExact(_part) FROM rows';
    expect(await curl('/', ...auth, '-d', parts)).toBe('300000\t100000\t3\n');
  });

  test('a hundred million rows come out in constant memory', async () => {
    const memory = () => {
      const status = readFileSync(`/proc/${server.clickhouse.pid}/status`, 'utf8');
      return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1024;
    };
    await curl('/', ...auth, '-d', 'SELECT number FROM numbers(1000000)', '-o', '/dev/null');
    const before = memory();
    const written = ['-o', '/dev/null', '-w', '%{size_download} %{http_code}'];
    const size = await curl('/', ...auth, '-d', 'SELECT number FROM numbers(100000000)', ...written);
    expect(size).toBe('888888890 200');
    expect(memory() - before).toBeLessThan(150);
  });

  test('--compressed shows the same, and a late fault is no success', async () => {
    const late = ['-d', 'SELECT throwIf(number = 3000000), number FROM numbers(9000000)'];
    expect(await curl('/', ...auth, '--compressed', '-d', 'SELECT 1')).toBe('1\n');
    for (const option of [[], ['--compressed']]) {
      const failed = await curl('/', ...auth, ...option, ...late).catch((error) => error);
      expect(failed.code).toBe(18);
      expect(failed.stdout.slice(-1000)).toMatch(
        /\r\n__exception__\r\n\w+\r\nCode: 395\..*__exception__\r\n$/s,
      );
    }
  });
});
