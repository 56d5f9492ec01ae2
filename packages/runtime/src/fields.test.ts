import { expect, test } from 'vitest';
import { z } from 'zod';
import { ConfigError, parseEnv } from './env.ts';
import { brokerList, databaseName, httpUrl, identifier, topicName } from './fields.ts';

const schema = z.object({
  BROKERS: brokerList(),
  URL: httpUrl(),
  TOPIC: topicName(),
  DATABASE: databaseName(),
  GROUP: identifier(),
});

const good = {
  BROKERS: 'a:1, b:65535',
  URL: 'http://u:p@h:8123',
  TOPIC: 'alerts.v1',
  DATABASE: 'tocsin',
  GROUP: 'g',
};

test('what is sound is taken', () => {
  expect(parseEnv(schema, good)).toEqual({ ...good, BROKERS: ['a:1', 'b:65535'] });
});

test.each([
  ['BROKERS', 'h:99999'],
  ['BROKERS', 'h'],
  ['BROKERS', 'http://h:1'],
  ['URL', 'ftp://h'],
  ['URL', 'http://h:8123/?wrong=1'],
  ['URL', 'http://h:8123/path'],
  ['URL', 'http://u%ZZ@h:8123'],
  ['TOPIC', 'a/b'],
  ['TOPIC', '..'],
  ['TOPIC', 'x'.repeat(250)],
  ['DATABASE', 'bad name;'],
  ['DATABASE', '1st'],
  ['GROUP', ' '],
])('%s=%s is a fault that names it', (name, value) => {
  const attempt = () => parseEnv(schema, { ...good, [name]: value });
  expect(attempt).toThrow(ConfigError);
  expect(attempt).toThrow(name);
});
