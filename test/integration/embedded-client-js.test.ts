import { Readable } from 'node:stream';
import { type ClickHouseClient, ClickHouseError, createClient } from '@clickhouse/client';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { useClickHouse } from '../support/embedded-clickhouse.ts';

const server = useClickHouse({ user: 'tocsin', password: 's:e/c?' });
let client: ClickHouseClient;
const connect = (options = {}) =>
  createClient({
    url: server.clickhouse.url,
    username: 'tocsin',
    password: 's:e/c?',
    clickhouse_settings: { async_insert: 0 },
    log: { level: 127 as never },
    ...options,
  });
beforeAll(() => {
  client = connect();
});
afterAll(() => client.close());

const rows = async (query: string, options = {}) =>
  (await client.query({ query, format: 'JSONEachRow', ...options })).json();

test('ping, with and without a select', async () => {
  expect(await client.ping()).toEqual({ success: true });
  expect(await client.ping({ select: true })).toEqual({ success: true });
});

test('a wrong password is an error of that kind', async () => {
  const stranger = connect({ password: 'wrong' });
  await expect(stranger.query({ query: 'SELECT 1' })).rejects.toMatchObject({
    code: '516',
    type: 'AUTHENTICATION_FAILED',
  });
  await stranger.close();
});

test('parameters of every kind keep their values', async () => {
  const query_params = {
    u: 42,
    s: "it's \t \n \\ 'quoted' ünï",
    d: new Date(Date.UTC(2020, 6, 7, 12)),
    a: ["a'b", 'c\\d'],
    t: true,
    n: null,
    m: { k: 'v' },
  };
  const query = `SELECT {u:UInt8} AS u, {s:String} AS s, toUnixTimestamp({d:DateTime('UTC')}) AS d, {a:Array(String)} AS a,
    {t:Bool} AS t, {n:Nullable(String)} AS n, {m:Map(String, String)} AS m`;
  expect(await rows(query, { query_params })).toEqual([
    { ...query_params, d: Date.UTC(2020, 6, 7, 12) / 1000 },
  ]);
});

test('insert from objects, from a stream, compressed; and what it reports', async () => {
  await client.command({ query: 'CREATE TABLE js (a UInt64, b String) ENGINE = MergeTree ORDER BY a' });
  const { summary, query_id } = await client.insert({
    table: 'js',
    values: [{ a: '1', b: 'x\ny' }],
    format: 'JSONEachRow',
    query_id: 'insert-1',
  });
  expect([summary?.written_rows, query_id]).toEqual(['1', 'insert-1']);
  const lines = Array.from({ length: 1000 }, (_, i) => `${i}\tr${i}\n`);
  await client.insert({
    table: 'js',
    values: Readable.from(lines, { objectMode: false }),
    format: 'TabSeparated',
  });
  const packing = connect({ compression: { request: true, response: true } });
  await packing.insert({
    table: 'js',
    values: [{ a: '5000', b: 'z' }],
    format: 'JSONEachRow',
    columns: ['a', 'b'],
  });
  const result = await packing.query({ query: 'SELECT count() AS n, sum(a) AS sum FROM js', format: 'JSON' });
  expect(result.response_headers['content-encoding']).toBe('gzip');
  expect((await result.json()).data).toEqual([{ n: 1002, sum: 504_501 }]);
  await packing.close();
});

test('exec gives the raw stream, of Parquet for example', async () => {
  const { stream } = await client.exec({ query: 'SELECT number FROM numbers(10) FORMAT Parquet' });
  const whole = Buffer.concat(await stream.toArray());
  expect(whole.subarray(0, 4).toString()).toBe('PAR1');
});

test('a large result comes row by row', async () => {
  const result = await client.query({
    query: 'SELECT number FROM numbers(1000000)',
    format: 'JSONCompactEachRow',
  });
  let sum = 0;
  for await (const chunk of result.stream<[number]>()) for (const row of chunk) sum += row.json()[0];
  expect(sum).toBe(499_999_500_000);
});

describe('errors', () => {
  test('have code and type', async () => {
    const error = await client.query({ query: 'SELECT * FROM nope' }).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(ClickHouseError);
    expect(error).toMatchObject({ code: '60', type: 'UNKNOWN_TABLE' });
    await expect(client.command({ query: 'CREATE' })).rejects.toMatchObject({
      code: '62',
      type: 'SYNTAX_ERROR',
    });
    await expect(
      client.insert({ table: 'nope', values: [{ a: 1 }], format: 'JSONEachRow' }),
    ).rejects.toMatchObject({ code: '60' });
  });

  test.each([false, true])('in the middle of a stream too (compressed: %s)', async (response) => {
    const own = connect({ compression: { response } });
    const query = 'SELECT throwIf(number = 3000000) AS t, toString(number) AS s FROM numbers(9000000)';
    const result = await own.query({ query, format: 'JSONEachRow' });
    const read = async () => {
      for await (const _ of result.stream());
    };
    await expect(read()).rejects.toThrow();
    await own.close();
  });

  test('an aborted query is one, and ends', async () => {
    const abort = new AbortController();
    const query = 'SELECT count() FROM numbers(1000000000000) WHERE NOT ignore(sipHash64(number))';
    const endless = client.query({ query, abort_signal: abort.signal, query_id: 'endless' });
    const running = "SELECT count() AS n FROM system.processes WHERE Settings['query_cache_tag'] = 'endless'";
    await vi.waitFor(async () => expect(await rows(running)).toEqual([{ n: 1 }]));
    abort.abort();
    await expect(endless).rejects.toThrow('aborted');
    await vi.waitFor(async () => expect(await rows(running)).toEqual([{ n: 0 }]), { timeout: 10_000 });
  });
});

test('a session keeps its temporary table', async () => {
  const own = connect({ session_id: 'js', max_open_connections: 1 });
  await own.command({ query: 'CREATE TEMPORARY TABLE mine (a UInt8)' });
  await own.insert({ table: 'mine', values: [[1], [2]], format: 'JSONCompactEachRow' });
  const result = await own.query({ query: 'SELECT sum(a) AS sum FROM mine', format: 'JSONEachRow' });
  expect(await result.json()).toEqual([{ sum: 3 }]);
  await own.close();
});

test('settings, database and query id of a query', async () => {
  const own = connect({ database: 'system' });
  const result = await own.query({
    query: "SELECT currentDatabase() AS db, getSetting('max_threads') AS threads",
    clickhouse_settings: { max_threads: 3, wait_end_of_query: 1 },
    query_id: 'q-1',
    format: 'JSONEachRow',
  });
  expect([result.query_id, await result.json()]).toEqual(['q-1', [{ db: 'system', threads: 3 }]]);
  await own.close();
});
