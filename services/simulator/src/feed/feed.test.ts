import { createHash } from 'node:crypto';
import { createAlert, decode, formatEui64 } from '@tocsin/domain';
import { describe, expect, it } from 'vitest';
import { createFeed, type FeedOptions } from './feed.ts';
import { PROFILE } from './profile.ts';

const options: FeedOptions = {
  seed: 7,
  devices: 400,
  startMs: Date.UTC(2020, 6, 7, 10),
  spacingMs: 2.5,
  shares: {
    encodings: { json: 60, duis: 20, gbcs: 20 },
    duplicates: 0.05,
    rejects: 0.03,
    wrongClocks: 0.02,
  },
};
const COUNT = 5000;

function digest(changes: Partial<FeedOptions>): string {
  const feed = createFeed({ ...options, ...changes });
  const hash = createHash('sha256');
  for (let i = 0; i < COUNT; i++) {
    const { key, value, timestamp } = feed.next();
    hash.update(key).update(value).update(String(timestamp));
  }
  return hash.update(JSON.stringify(feed.truth)).digest('hex');
}

describe('feed', () => {
  it('gives the same bytes and truth for the same options, and others for another seed or start', () => {
    expect(digest({})).toBe(digest({}));
    expect(digest({ seed: 8 })).not.toBe(digest({}));
    expect(digest({ startMs: options.startMs + 1000 })).not.toBe(digest({}));
  });

  it('tells the truth: what the decoder makes of the messages is what was drawn', () => {
    const feed = createFeed(options);
    const alert = createAlert();
    const seen = new Set<string>();
    const codes: Record<string, { messages: number; alerts: number }> = {};
    const encodings: Record<string, number> = {};
    const reasons: Record<string, number> = {};
    let duplicates = 0;
    for (let i = 0; i < COUNT; i++) {
      const { key, value, timestamp } = feed.next();
      const reason = decode(value, timestamp, alert);
      if (reason !== null) {
        reasons[reason] = (reasons[reason] ?? 0) + 1;
        continue;
      }
      expect(key.toString()).toBe(formatEui64(alert.device));
      const id = [alert.device.lo, alert.counterHi, alert.counterLo].join(':');
      if (seen.has(id)) {
        duplicates += 1;
        continue;
      }
      seen.add(id);
      codes[alert.alertCode] ??= { messages: 0, alerts: 0 };
      const volume = codes[alert.alertCode]!;
      volume.messages += 1;
      volume.alerts += alert.count;
      encodings[alert.encoding] = (encodings[alert.encoding] ?? 0) + 1;
    }
    const { truth } = feed;
    expect(truth.produced).toBe(COUNT);
    expect(codes).toEqual(truth.accepted.byCode);
    expect(reasons).toEqual(truth.rejected.byReason);
    expect(duplicates).toBe(truth.duplicates.messages);
    for (const [encoding, messages] of Object.entries(encodings)) {
      expect(truth.accepted.byEncoding[encoding as 'json'].messages).toBe(messages);
    }
    expect(truth.accepted.messages + truth.duplicates.messages + truth.rejected.messages).toBe(COUNT);
    expect(Object.keys(reasons).length).toBeGreaterThanOrEqual(6);
  });

  it('keeps to the shares asked for', () => {
    const { truth, next } = createFeed(options);
    for (let i = 0; i < COUNT; i++) next();
    expect(truth.duplicates.messages / COUNT).toBeCloseTo(0.05, 1);
    expect(truth.rejected.messages / COUNT).toBeCloseTo(0.03, 1);
    expect(truth.accepted.byEncoding.json.messages / truth.accepted.messages).toBeCloseTo(0.6, 1);
  });

  it('spaces received times and never sends a repeat without being asked to', () => {
    const feed = createFeed({
      ...options,
      shares: { ...options.shares, duplicates: 0, rejects: 0 },
    });
    const times = Array.from({ length: 5 }, () => feed.next().timestamp - options.startMs);
    expect(times).toEqual([0, 2, 5, 7, 10]);
    expect(feed.truth.duplicates.messages).toBe(0);
  });
});

describe('profile', () => {
  it('shares out a thousand thousandths among codes that stand once each', () => {
    expect(PROFILE.reduce((sum, { weight }) => sum + weight, 0)).toBe(1000);
    expect(new Set(PROFILE.map(({ code }) => code)).size).toBe(PROFILE.length);
  });
});
