import { describe, expect, it } from 'vitest';
import { maskDeep, maskUrls } from './mask.ts';

describe('maskUrls', () => {
  it.each([
    ['http://tocsin:s3cret@host:8123/?database=x', 'http://tocsin:***@host:8123/?database=x'],
    ['http://u:p@ss@host', 'http://u:***@host'],
    ['http://u:pa/ss@host', 'http://u:***@host'],
    ['u:pw@host:9000', 'u:***@host:9000'],
    ['http://h/?user=a&password=b&x=1', 'http://h/?user=a&password=***&x=1'],
    ['connect to "http://u:pw@h" failed', 'connect to "http://u:***@h" failed'],
    ['127.0.0.1:9092,127.0.0.1:9093', '127.0.0.1:9092,127.0.0.1:9093'],
    ['at x (file:///a/node_modules/@scope/b.js:1:2)', 'at x (file:///a/node_modules/@scope/b.js:1:2)'],
  ])('%s', (text, shown) => {
    expect(maskUrls(text)).toBe(shown);
  });
});

describe('maskDeep', () => {
  it('hides fields with secret names at any depth and leaves the others', () => {
    const fields = {
      sasl: { username: 'u', password: 'p' },
      headers: [{ Authorization: 'Basic x' }],
      offset: 1n,
    };
    expect(maskDeep(fields)).toEqual({
      sasl: { username: 'u', password: '***' },
      headers: [{ Authorization: '***' }],
      offset: 1n,
    });
  });

  it('shows errors with cause and code, their texts masked', () => {
    const cause = Object.assign(new Error('no route to http://u:pw@h'), { code: 'EHOSTUNREACH' });
    expect(maskDeep({ err: new Error('insert failed', { cause }) })).toMatchObject({
      err: {
        type: 'Error',
        message: 'insert failed',
        cause: { message: 'no route to http://u:***@h', code: 'EHOSTUNREACH' },
      },
    });
  });

  it('ends on a value that contains itself', () => {
    const loop: Record<string, unknown> = { a: 1 };
    loop.self = loop;
    expect(maskDeep(loop)).toEqual({ a: 1, self: '[circular]' });
  });
});
