import { setTimeout as pause } from 'node:timers/promises';
import { isRetryable } from '@tocsin/clickhouse';
import type { Metrics } from '@tocsin/metrics';
import type { Logger, Part } from '@tocsin/runtime';
import type { DirectoryFeed } from './feed.ts';

export interface KeepCurrentOptions {
  readonly feed: DirectoryFeed;
  readonly everyMs: number;
  readonly log: Logger;
  readonly metrics: Metrics<'processor'>;
}

/**
 * Keeps the directory current at a pace of its own: new alerts are to be right at once, however long it takes to correct
 * earlier ones.
 */
export function keepCurrent({ feed, everyMs, log, metrics }: KeepCurrentOptions): Part {
  const controller = new AbortController();
  const { signal } = controller;
  let working: Promise<void> | undefined;

  const work = async () => {
    while (!signal.aborted) {
      try {
        await feed.follow();
        metrics.directoryDevices.set(feed.directory.devices);
        metrics.directoryBytes.set(feed.directory.bytes);
      } catch (error) {
        const level = isRetryable(error) ? 'warn' : 'error';
        log[level]({ err: error }, 'the directory is brought up to date later');
      }
      await pause(everyMs, undefined, { signal }).catch(() => {});
    }
  };

  return {
    name: 'current directory',
    start() {
      working = work();
    },
    async stop() {
      controller.abort();
      await working;
    },
  };
}
