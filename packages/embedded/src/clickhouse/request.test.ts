import type { IncomingMessage } from 'node:http';
import { describe, expect, test } from 'vitest';
import { readHttpQuery } from './request.ts';

const read = (search: string, headers: Record<string, string> = {}, method = 'POST') =>
  readHttpQuery({ headers, method } as unknown as IncomingMessage, new URLSearchParams(search));

test('parameters are told apart: ours, values, settings of the engine', () => {
  const query = read(
    'query=SELECT+1&param_x=a%09&max_threads=2&database=d&default_format=CSV&role=a&role=b&query_id=q',
  );
  expect(query).toMatchObject({
    query: 'SELECT 1',
    database: 'd',
    defaultFormat: 'CSV',
    queryId: 'q',
    roles: ['a', 'b'],
  });
  expect([...query.params]).toEqual([['x', 'a\t']]);
  expect([...query.settings]).toEqual([['max_threads', '2']]);
});

test('what can be repeated must not write', () => {
  expect(read('', {}, 'GET').readonly).toBe(true);
  expect(read('', {}, 'HEAD').readonly).toBe(true);
  expect(read('').readonly).toBe(false);
});

test('a query without an id gets one of its own', () => {
  expect(read('').queryId).toMatch(/^[0-9a-f-]{36}$/);
  expect(read('').queryId).not.toBe(read('').queryId);
});

describe('credentials', () => {
  const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` });

  test.each([
    ['', {}, 'default', ''],
    ['', basic('u:p:q'), 'u', 'p:q'],
    ['', { 'x-clickhouse-user': 'u', 'x-clickhouse-key': 'k' }, 'u', 'k'],
    ['user=u&password=p', {}, 'u', 'p'],
    ['password=p', {}, 'default', 'p'],
  ])('%j %j', (search, headers, user, password) =>
    expect(read(search, headers as Record<string, string>)).toMatchObject({ user, password }),
  );

  test('come in one way only', () => {
    expect(() => read('user=u', basic('u:p'))).toThrow(expect.objectContaining({ code: 516 }));
    expect(() => read('', { authorization: 'Bearer x' })).toThrow(/'Bearer' HTTP Authorization scheme/);
  });
});

test('sessions have a bounded time', () => {
  expect(read('session_id=s').session).toEqual({ id: 's', timeoutS: 60, check: false });
  expect(read('session_id=s&session_timeout=5&session_check=1').session).toEqual({
    id: 's',
    timeoutS: 5,
    check: true,
  });
  expect(() => read('session_id=s&session_timeout=3601')).toThrow(expect.objectContaining({ code: 374 }));
  expect(() => read('session_id=s&session_timeout=x')).toThrow(/'x'/);
});

test('block compression is refused by name', () => {
  expect(() => read('decompress=1')).toThrow(/decompress=1.*not supported/);
  expect(read('compress=0').settings.size).toBe(0);
});
