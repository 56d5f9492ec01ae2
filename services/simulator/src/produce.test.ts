import { describe, expect, it } from 'vitest';
import { createFeed, type FeedMessage } from './feed/feed.ts';
import { dueBy, untilNext } from './pacing.ts';
import { produce } from './produce.ts';

const feed = () =>
  createFeed({
    seed: 1,
    devices: 40,
    startMs: 0,
    spacingMs: 1,
    shares: {
      encodings: { json: 1, duis: 0, gbcs: 0 },
      duplicates: 0,
      rejects: 0,
      wrongClocks: 0,
    },
  });

describe('pacing', () => {
  it('lets the first message go at once and the others at the rate', () => {
    expect([0, 99, 100, 1000].map((elapsed) => dueBy(elapsed, 10))).toEqual([1, 1, 2, 11]);
    expect(untilNext(40, 10, 1)).toBe(60);
    expect(untilNext(500, 10, 1)).toBe(0);
  });
});

describe('produce', () => {
  it('sends exactly the count, in the order drawn', async () => {
    const sent: FeedMessage[] = [];
    const send = async (messages: FeedMessage[]) => void sent.push(...messages);
    const source = feed();
    await produce({
      feed: source,
      send,
      rate: null,
      count: 12_345,
      signal: new AbortController().signal,
    });
    expect(sent.length).toBe(12_345);
    expect(source.truth.produced).toBe(12_345);
    expect(sent.map(({ timestamp }) => timestamp)).toEqual(sent.map((_, i) => i));
  });

  it('keeps to the rate, and on the signal ends with all that was drawn sent', async () => {
    let clock = 0;
    let sent = 0;
    const controller = new AbortController();
    const source = feed();
    const send = async (messages: FeedMessage[]) => {
      sent += messages.length;
      clock += 500;
      if (clock >= 2000) controller.abort();
    };
    await produce({
      feed: source,
      send,
      rate: 1000,
      count: Infinity,
      signal: controller.signal,
      now: () => clock,
    });
    expect(sent).toBe(1501);
    expect(source.truth.produced).toBe(sent);
  });

  it('fails when Kafka refuses', async () => {
    const send = () => Promise.reject(new Error('not enough replicas'));
    const run = produce({
      feed: feed(),
      send,
      rate: null,
      count: 10,
      signal: new AbortController().signal,
    });
    await expect(run).rejects.toThrow('not enough replicas');
  });
});
