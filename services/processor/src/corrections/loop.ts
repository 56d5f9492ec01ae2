import { isRetryable } from '@tocsin/clickhouse';
import type { Assignment } from '@tocsin/intake';
import { type Logger, type Part, rounds } from '@tocsin/runtime';
import { Superseded } from './correct.ts';
import type { Corrector } from './corrector.ts';

export interface CorrectionOptions {
  readonly corrector: Corrector;
  readonly assignment: () => Assignment;
  readonly everyMs: number;
  readonly log: Logger;
}

const LONGEST_REST_MS = 30_000;

/**
 * Keeps the rows of this member's partitions as the directory and the rules would have them: inventory that arrives late
 * is the normal case. The owner of a partition is the only one to correct its rows.
 */
export function corrections({ corrector, assignment, everyMs, log }: CorrectionOptions): Part {
  // However much there is to compare, new alerts get their share of the machine; but none waits as long again for its
  // correction as a bulk of others took.
  const rest = (tookMs: number) => Math.max(everyMs, Math.min(tookMs, LONGEST_REST_MS));
  const failed = 'corrections are tried again';
  return rounds({ name: 'corrections', log, failed, mayPass: isRetryable, rest }, async (signal) => {
    const current = assignment();
    try {
      await corrector.round({ ...current, lasts: () => !signal.aborted && current.lasts() });
    } catch (error) {
      if (!(error instanceof Superseded)) throw error;
    }
  });
}
