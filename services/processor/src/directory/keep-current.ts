import { isRetryable } from '@tocsin/clickhouse';
import type { Metrics } from '@tocsin/metrics';
import { type Logger, type Part, rounds } from '@tocsin/runtime';
import type { DirectoryFeed } from './feed.ts';

export interface KeepCurrentOptions {
  readonly feed: DirectoryFeed;
  readonly everyMs: number;
  readonly log: Logger;
  readonly metrics: Metrics<'processor'>;
}

const LONGEST_REST_MS = 30_000;

/**
 * Keeps the directory current at a pace of its own: new alerts are to be right at once, however long it takes to correct
 * earlier ones.
 */
export function keepCurrent({ feed, everyMs, log, metrics }: KeepCurrentOptions): Part {
  const failed = 'the directory is brought up to date later';
  // Each look takes as long as the whole history is, where the changed devices are many.
  const rest = (tookMs: number) => Math.max(everyMs, Math.min(2 * tookMs, LONGEST_REST_MS));
  return rounds({ name: 'current directory', log, failed, mayPass: isRetryable, rest }, async () => {
    const begun = Date.now();
    await feed.follow();
    metrics.directoryCurrent.set(begun / 1000);
    metrics.directoryDevices.set(feed.directory.devices);
    metrics.directoryBytes.set(feed.directory.bytes);
  });
}
