import type { Logger, Part } from '@tocsin/runtime';
import type { Feed } from './feed/feed.ts';
import { type ProduceOptions, produce } from './produce.ts';
import { writeTruth } from './write-truth.ts';

const REPORT_MS = 10_000;

export interface FeedPartOptions extends Omit<ProduceOptions, 'signal'> {
  readonly feed: Feed;
  readonly log: Logger;
  /** File for the truth, written when the feed ends or is stopped, but not when it fails. */
  readonly truthFile: string | undefined;
}

/** The feed as a part of the service: done once its count is produced. */
export function createFeedPart({ log, truthFile, ...options }: FeedPartOptions): Part {
  const { truth } = options.feed;
  const controller = new AbortController();
  let finished: Promise<void> | undefined;

  async function work(): Promise<void> {
    const begun = performance.now();
    const summary = () => ({
      produced: truth.produced,
      accepted: truth.accepted.messages,
      alerts: truth.accepted.alerts,
      duplicates: truth.duplicates.messages,
      rejected: truth.rejected.messages,
      perSecond: Math.round((truth.produced * 1000) / (performance.now() - begun)),
    });
    const timer = setInterval(() => log.info(summary(), 'producing'), REPORT_MS);
    try {
      await produce({ ...options, signal: controller.signal });
    } finally {
      clearInterval(timer);
    }
    if (truthFile !== undefined) await writeTruth(truthFile, truth);
    log.info(summary(), 'produced');
  }

  return {
    name: 'feed',
    start() {
      finished = work();
      // Whoever waits is told by done(); until then a failure must not count as unhandled.
      finished.catch(() => {});
    },
    done: () => finished ?? Promise.resolve(),
    async stop() {
      controller.abort();
      await finished?.catch(() => {});
    },
  };
}
