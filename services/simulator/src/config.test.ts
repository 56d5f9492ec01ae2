import { describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';

const KAFKA_BROKERS = '127.0.0.1:9092';

describe('simulator configuration', () => {
  it('spaces received times by the rate unless told otherwise', () => {
    expect(readConfig({ KAFKA_BROKERS, FEED_RATE: '250' })).toMatchObject({
      FEED_RATE: 250,
      FEED_SPACING_MS: 4,
    });
    expect(readConfig({ KAFKA_BROKERS, FEED_RATE: 'max' })).toMatchObject({
      FEED_RATE: null,
      FEED_SPACING_MS: 0.001,
    });
    expect(readConfig({ KAFKA_BROKERS, FEED_SPACING_MS: '7.5' }).FEED_SPACING_MS).toBe(7.5);
  });

  it('reads shares of encodings, those left out being none', () => {
    expect(readConfig({ KAFKA_BROKERS, FEED_ENCODINGS: 'json:1,gbcs:3' }).FEED_ENCODINGS).toEqual({
      json: 1,
      duis: 0,
      gbcs: 3,
    });
  });

  it('names every fault', () => {
    const env = {
      FEED_RATE: 'fast',
      FEED_ENCODINGS: 'xml:1',
      FEED_REJECTS: '2',
      FEED_START: 'today',
    };
    for (const name of ['KAFKA_BROKERS', ...Object.keys(env)]) expect(() => readConfig(env)).toThrow(name);
  });
});
