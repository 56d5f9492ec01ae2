import type { Place } from './block.ts';
import { Halt } from './halt.ts';
import type { Clock, Lease, Retrying } from './ports.ts';

export interface Persistence {
  readonly lease: Pick<Lease, 'check'>;
  readonly clock: Clock;
  readonly observe: (event: Retrying) => void;
  readonly isRetryable: (error: unknown) => boolean;
}

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5000;

/**
 * Tries until it is done, the group moves on, or the store refuses: a store that is away for a while must not
 * cost the partition its place in the group.
 * @throws Halt when the error would come again
 */
export async function persist<T>(
  place: Place,
  what: string,
  { clock, observe, isRetryable, lease }: Persistence,
  attempt: (tries: number) => Promise<T>,
): Promise<T> {
  for (let tries = 0; ; tries++) {
    if (tries > 0) lease.check();
    try {
      return await attempt(tries);
    } catch (error) {
      if (error instanceof Halt) throw error;
      if (!isRetryable(error)) throw new Halt('store-refused', { what, error: String(error) });
      observe({ kind: 'retrying', place, what, tries, error });
      await clock.pause(Math.min(FIRST_PAUSE_MS * 2 ** tries, LONGEST_PAUSE_MS));
    }
  }
}
