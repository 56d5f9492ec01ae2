import { setTimeout as wait } from 'node:timers/promises';
import type { Feed, FeedMessage } from './feed/feed.ts';
import { dueBy, untilNext } from './pacing.ts';

const BATCH = 1000;
// Messages that fall due within one turn go out together, so that a slow feed is not all waiting.
const TURN_MS = 20;

export interface ProduceOptions {
  readonly feed: Feed;
  /** Resolves when all are acknowledged. */
  readonly send: (messages: FeedMessage[]) => Promise<void>;
  /** Messages a second; null: as fast as they are taken. */
  readonly rate: number | null;
  /** Messages in all. */
  readonly count: number;
  readonly signal: AbortSignal;
  /** Milliseconds of a clock that never goes back. */
  readonly now?: () => number;
}

/**
 * Sends the feed, the next batch being drawn while one is on its way. Ends after `count` messages, or on the
 * signal once all that was drawn is acknowledged: then the feed's truth is what is in Kafka. What fell due
 * while Kafka could not take it is sent late, not left out.
 */
export async function produce(options: ProduceOptions): Promise<void> {
  const { feed, send, rate, count, signal, now = () => performance.now() } = options;
  const { truth } = feed;
  const begun = now();
  let sending: Promise<void> = Promise.resolve();
  while (truth.produced < count && !signal.aborted) {
    const due = rate === null ? count : Math.min(count, dueBy(now() - begun, rate));
    const messages = take(feed, Math.min(BATCH, due - truth.produced));
    await sending;
    if (messages.length > 0) {
      sending = send(messages);
      // Its failure is thrown by the next await; until then it must not count as unhandled.
      sending.catch(() => {});
    }
    if (rate !== null && messages.length < BATCH && truth.produced < count) {
      const pause = Math.max(TURN_MS, untilNext(now() - begun, rate, truth.produced));
      await wait(pause, undefined, { signal }).catch(() => {});
    }
  }
  await sending;
}

function take(feed: Feed, size: number): FeedMessage[] {
  return Array.from({ length: Math.max(0, size) }, () => feed.next());
}
