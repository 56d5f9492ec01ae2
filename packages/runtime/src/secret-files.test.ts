import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ConfigError, describeConfig, parseEnv, secret } from './env.ts';
import { integer, text } from './fields.ts';
import { STORE_FIELDS, storeAddress } from './service-fields.ts';

const schema = z.object({ ...STORE_FIELDS, PIN: secret(integer(1000, 9999)).optional() });

let folder: string;
const file = (name: string, content: string) => {
  const path = join(folder, name);
  writeFileSync(path, content, { mode: 0o600 });
  return path;
};
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-secrets-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function faults(env: Record<string, string>): readonly string[] {
  try {
    parseEnv(schema, env);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
}

const URL = { CLICKHOUSE_URL: 'http://h:8123' };

describe('a secret by file', () => {
  it('is the value of the variable, without the line end', () => {
    const env = {
      CLICKHOUSE_URL_FILE: file('url', 'http://u:pw@h:8123\n'),
      PIN_FILE: file('pin', '4711\r\n'),
    };
    expect(parseEnv(schema, env)).toMatchObject({ CLICKHOUSE_URL: 'http://u:pw@h:8123', PIN: 4711 });
  });

  it('keeps spaces and further line ends, which may be meant', () => {
    const env = { ...URL, CLICKHOUSE_PASSWORD_FILE: file('odd', ' a\nb \n\n') };
    expect(parseEnv(schema, env)).toMatchObject({ CLICKHOUSE_PASSWORD: ' a\nb \n' });
  });

  it('is named with what is wrong of it, together with all other faults, and never shown', () => {
    const found = faults({
      CLICKHOUSE_URL_FILE: file('mistaken', 'hunter2'),
      CLICKHOUSE_PASSWORD: 'hunter2',
      CLICKHOUSE_PASSWORD_FILE: file('password', 'hunter2'),
      PIN_FILE: join(folder, 'none'),
      CLICKHOUSE_DATABASE: '1',
    });
    expect(found).toEqual([
      'CLICKHOUSE_PASSWORD and CLICKHOUSE_PASSWORD_FILE are both set: expected one of them',
      `PIN_FILE is "${join(folder, 'none')}": expected a file that can be read (ENOENT)`,
      expect.stringMatching(
        /^CLICKHOUSE_URL has no such value in the file that CLICKHOUSE_URL_FILE names: expected an address/,
      ),
      expect.stringMatching(/^CLICKHOUSE_DATABASE is "1": expected a database name/),
    ]);
    expect(found.join()).not.toContain('hunter2');
  });

  it.each([
    ['a folder', () => folder, /\(EISDIR\)$/],
    ['an empty file', () => file('empty', '\n'), /which is empty$/],
  ])('can not be %s', (_, path, said) => {
    expect(faults({ ...URL, CLICKHOUSE_PASSWORD_FILE: path() })).toEqual([expect.stringMatching(said)]);
  });

  it('is only for what may carry a secret', () => {
    const plain = z.object({ NAME: text() });
    expect(() => parseEnv(plain, { NAME_FILE: file('name', 'x') })).toThrow('NAME is not set');
  });

  it('shows in the configuration as being from a file, masked', () => {
    const lines = describeConfig(schema, {
      CLICKHOUSE_URL_FILE: file('shown', 'http://u:hunter2@h:8123'),
      CLICKHOUSE_PASSWORD_FILE: file('shown-password', 'hunter3'),
    });
    expect(lines).toContainEqual(
      expect.objectContaining({ name: 'CLICKHOUSE_URL', value: 'http://u:***@h:8123', from: 'file' }),
    );
    expect(lines).toContainEqual(
      expect.objectContaining({ name: 'CLICKHOUSE_PASSWORD', value: '***', from: 'file' }),
    );
    expect(JSON.stringify(lines)).not.toMatch(/hunter/);
  });
});

describe('storeAddress', () => {
  const address = (more: Record<string, string>) =>
    storeAddress(parseEnv(schema, { CLICKHOUSE_URL: 'http://u:pw@h:8123', ...more }));

  it('is the URL as given where nothing else is', () => {
    expect(address({})).toEqual({ url: 'http://u:pw@h:8123', database: 'tocsin' });
  });

  it('takes user and password over those of the URL, whatever characters they have', () => {
    const { url } = address({ CLICKHOUSE_USER: 'tocsin_writer', CLICKHOUSE_PASSWORD: 'a%41/@:?# ü' });
    const { username, password, host } = new globalThis.URL(url);
    expect([username, decodeURIComponent(password), host]).toEqual([
      'tocsin_writer',
      'a%41/@:?# ü',
      'h:8123',
    ]);
    expect(url).toMatch(/8123$/);
  });

  it('gives a password alone to the default user', () => {
    const { url } = storeAddress(parseEnv(schema, { ...URL, CLICKHOUSE_PASSWORD: 'x' }));
    expect(url).toBe('http://default:x@h:8123');
  });
});
