import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger, runService } from '@tocsin/runtime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFeed } from './feed/feed.ts';
import { createFeedPart } from './feed-part.ts';

const log = createLogger({ level: 'silent', name: 'test' });

describe('feed part', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tocsin-feed-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  function part(count: number, send: (messages: readonly unknown[]) => Promise<void>) {
    const shares = {
      encodings: { json: 1, duis: 0, gbcs: 0 },
      duplicates: 0,
      rejects: 0,
      wrongClocks: 0,
    };
    const feed = createFeed({
      seed: 1,
      devices: 40,
      startMs: 0,
      spacingMs: 1,
      shares,
    });
    return createFeedPart({
      feed,
      log,
      send,
      rate: null,
      count,
      truthFile: join(folder, 'a', 'truth.json'),
    });
  }
  const truth = async () => JSON.parse(await readFile(join(folder, 'a', 'truth.json'), 'utf8'));

  it('ends with the truth written once all is acknowledged', async () => {
    const parts = [part(7000, async () => {})];
    expect(await runService({ parts, log, signal: new AbortController().signal })).toBe(0);
    expect(await truth()).toMatchObject({
      produced: 7000,
      accepted: { messages: 7000 },
      seed: 1,
    });
  });

  it('when stopped writes the truth of exactly what was sent', async () => {
    const controller = new AbortController();
    let sent = 0;
    const send = async (messages: readonly unknown[]) => {
      sent += messages.length;
      controller.abort('SIGTERM');
    };
    expect(
      await runService({
        parts: [part(1e9, send)],
        log,
        signal: controller.signal,
      }),
    ).toBe(0);
    expect((await truth()).produced).toBe(sent);
  });

  it('writes no truth when it fails, for nobody knows what Kafka took', async () => {
    const parts = [part(10, () => Promise.reject(new Error('broker gone')))];
    expect(await runService({ parts, log, signal: new AbortController().signal })).toBe(1);
    await expect(truth()).rejects.toThrow('ENOENT');
  });
});
