import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from './logger.ts';
import type { Part } from './service.ts';

/** How rounds are named and spaced, and what becomes of those that fail. */
export interface RoundsOptions {
  readonly name: string;
  readonly log: Logger;
  /** What the log says of a round that failed: what it left is found again by the next one. */
  readonly failed: string;
  /** Of an error: whether it may pass by itself, and so is a warning only. */
  readonly mayPass: (error: unknown) => boolean;
  /** ms of rest after a round that took so many. */
  readonly rest: (tookMs: number) => number;
}

/** A part that does the same again and again beside a service's main work, until it is stopped. */
export function rounds(
  { name, log, failed, mayPass, rest }: RoundsOptions,
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
        log[mayPass(error) ? 'warn' : 'error']({ err: error }, failed);
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
