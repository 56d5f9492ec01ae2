import { isRetryable, readDrained, type Store, writeDrained } from '@tocsin/clickhouse';
import type { Assignment } from '@tocsin/intake';
import { type Logger, type Part, rounds } from '@tocsin/runtime';
import type { SealedDays } from './sealed-days.ts';

export interface DrainOptions {
  readonly store: Store;
  readonly sealed: SealedDays;
  readonly assignment: () => Assignment;
  readonly log: Logger;
}

/** Days are sealed once a day: nobody waits for it. */
const EVERY_MS = 5000;

/**
 * Follows what is sealed, and tells the builder when no plan of this member's partitions is under way that was made
 * without knowing it: nothing is dropped that an older plan might still add to.
 */
export function drain({ store, sealed, assignment, log }: DrainOptions): Part {
  const failed = 'what is sealed is asked again';
  return rounds({ name: 'drain', log, failed, mayPass: isRetryable, rest: () => EVERY_MS }, async () => {
    // First: plans that are made from here on know it, and those made before are awaited.
    const before = await sealed.follow();
    const { stream, partitions, lasts } = assignment();
    if (partitions.size === 0) return;
    const told = await readDrained(store, stream);
    const drained: number[] = [];
    for (const [number, partition] of partitions) {
      if (told.get(number) !== before && !partition.halted && (await partition.settled()))
        drained.push(number);
    }
    if (drained.length > 0 && lasts()) await writeDrained(store, stream, drained, before);
  });
}
