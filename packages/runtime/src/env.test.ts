import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ConfigError, describeConfig, parseEnv, secret } from './env.ts';
import { brokerList, flag, httpUrl, integer, logLevel, port, text } from './fields.ts';

const schema = z.object({
  KAFKA_BROKERS: brokerList().describe('where Kafka answers'),
  CLICKHOUSE_URL: httpUrl().describe('where ClickHouse answers'),
  METRICS_PORT: port().default(9464).describe('port of /metrics'),
  LOG_LEVEL: logLevel().default('info'),
  FSYNC: flag().default(false),
  BLOCK_BYTES: integer(1024, 1_000_000).default(65_536),
  API_TOKEN: secret(text('expected the token')).optional().describe('who we are'),
});

const good = { KAFKA_BROKERS: 'a:9092, b:9092', CLICKHOUSE_URL: 'http://u:pw@h:8123', API_TOKEN: 'abc' };

function faults(env: Record<string, string>): readonly string[] {
  try {
    parseEnv(schema, env);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as ConfigError).faults;
  }
  return [];
}

describe('parseEnv', () => {
  it('gives typed values and the defaults of what is not set or empty', () => {
    expect(parseEnv(schema, { ...good, METRICS_PORT: '', FSYNC: '1' })).toEqual({
      KAFKA_BROKERS: ['a:9092', 'b:9092'],
      CLICKHOUSE_URL: 'http://u:pw@h:8123',
      METRICS_PORT: 9464,
      LOG_LEVEL: 'info',
      FSYNC: true,
      BLOCK_BYTES: 65_536,
      API_TOKEN: 'abc',
    });
  });

  it('reports all faults together: the variable, its value masked, what was expected', () => {
    expect(
      faults({
        CLICKHOUSE_URL: 'ftp://u:pw@h',
        METRICS_PORT: '99999',
        LOG_LEVEL: 'loud',
        BLOCK_BYTES: '1e3',
      }),
    ).toEqual([
      'KAFKA_BROKERS is not set: expected host:port, several divided by commas',
      'CLICKHOUSE_URL is "ftp://u:***@h": expected an address such as http://user:password@host:8123, without path or query',
      'METRICS_PORT is "99999": expected a port (0 takes a free one), 0 to 65535',
      'LOG_LEVEL is "loud": expected one of trace, debug, info, warn, error, fatal, silent',
      'BLOCK_BYTES is "1e3": expected a whole number, 1024 to 1000000',
    ]);
  });

  it('never shows a declared secret', () => {
    const strict = z.object({ PIN: secret(integer(1000, 9999)) });
    expect(() => parseEnv(strict, { PIN: '12345' })).toThrow('PIN is "***": expected');
    expect(() => parseEnv(strict, { PIN: '12345' })).not.toThrow('12345');
  });
});

describe('describeConfig', () => {
  it('shows what holds, where it comes from and what it means, masked', () => {
    const lines = describeConfig(schema, good);
    expect(lines).toContainEqual({
      name: 'CLICKHOUSE_URL',
      value: 'http://u:***@h:8123',
      from: 'environment',
      meaning: 'where ClickHouse answers',
    });
    expect(lines).toContainEqual({
      name: 'METRICS_PORT',
      value: '9464',
      from: 'default',
      meaning: 'port of /metrics',
    });
    expect(lines).toContainEqual({
      name: 'API_TOKEN',
      value: '***',
      from: 'environment',
      meaning: 'who we are',
    });
    expect(JSON.stringify(lines)).not.toMatch(/abc|pw/);
  });
});
