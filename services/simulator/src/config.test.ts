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

  it('refuses what would not be heeded', () => {
    const scenario = { KAFKA_BROKERS, FEED_SCENARIO: 'opsg-34', FEED_SCALE: '1000' };
    expect(readConfig(scenario)).toMatchObject({ FEED_SCENARIO: 'opsg-34', FEED_SCALE: 1000 });
    for (const over of [{ FEED_RATE: '500' }, { FEED_COUNT: '10' }, { FEED_START: '2020-07-06T20:00:00Z' }])
      expect(() => readConfig({ ...scenario, ...over })).toThrow(`${Object.keys(over)[0]} is `);
    const live = { ...scenario, FEED_UNTIL: 'now', FEED_TO: '2020-07-01' };
    expect(() => readConfig(live)).toThrow('FEED_TO is "2020-07-01": expected nothing');
    expect(() => readConfig({ KAFKA_BROKERS, FEED_FROM: '2020-07-01' })).toThrow('no scenario is told');
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
