import { setTimeout as pause } from 'node:timers/promises';
import { isRetryable } from '@tocsin/clickhouse';
import type { Assignment } from '@tocsin/intake';
import type { Logger, Part } from '@tocsin/runtime';
import { Superseded } from './correct.ts';
import type { Corrector } from './corrector.ts';

export interface CorrectionOptions {
  readonly corrector: Corrector;
  readonly assignment: () => Assignment;
  readonly everyMs: number;
  readonly log: Logger;
}

/**
 * Keeps the rows of this member's partitions as the directory and the rules would have them: inventory that arrives late
 * is the normal case. The owner of a partition is the only one to correct its rows.
 */
export function corrections({ corrector, assignment, everyMs, log }: CorrectionOptions): Part {
  const controller = new AbortController();
  const { signal } = controller;
  let working: Promise<void> | undefined;

  const round = async () => {
    const current = assignment();
    try {
      await corrector.round({ ...current, lasts: () => !signal.aborted && current.lasts() });
    } catch (error) {
      if (signal.aborted || error instanceof Superseded) return;
      // What isn't done is found again by the next round, from the watermarks.
      const level = isRetryable(error) ? 'warn' : 'error';
      log[level]({ err: error }, 'corrections are tried again');
    }
  };

  const work = async () => {
    while (!signal.aborted) {
      const begun = performance.now();
      await round();
      // However much there is to compare, most of the machine is left to new alerts.
      const rest = Math.max(everyMs, performance.now() - begun);
      await pause(rest, undefined, { signal }).catch(() => {});
    }
  };

  return {
    name: 'corrections',
    start() {
      working = work();
    },
    async stop() {
      controller.abort();
      await working;
    },
  };
}
