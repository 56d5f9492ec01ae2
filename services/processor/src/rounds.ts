import { setTimeout as pause } from 'node:timers/promises';
import { isRetryable } from '@tocsin/clickhouse';
import type { Logger, Part } from '@tocsin/runtime';

export interface RoundsOptions {
  readonly name: string;
  readonly log: Logger;
  /** What the log says of a round that failed: what it left is found again by the next one. */
  readonly failed: string;
  /** ms of rest after a round that took so many. */
  readonly rest: (tookMs: number) => number;
}

/** A part that does the same again and again beside the alerts, until it is stopped. */
export function rounds(
  { name, log, failed, rest }: RoundsOptions,
  round: (signal: AbortSignal) => Promise<void>,
): Part {
  const controller = new AbortController();
  const { signal } = controller;
  let working: Promise<void> | undefined;

  const work = async () => {
    while (!signal.aborted) {
      const begun = performance.now();
      try {
        await round(signal);
      } catch (error) {
        if (signal.aborted) return;
        log[isRetryable(error) ? 'warn' : 'error']({ err: error }, failed);
      }
      await pause(rest(performance.now() - begun), undefined, { signal }).catch(() => {});
    }
  };

  return {
    name,
    start() {
      working = work();
    },
    async stop() {
      controller.abort();
      await working;
    },
  };
}
