import { setTimeout as pause } from 'node:timers/promises';
import type { Store } from '@tocsin/clickhouse';
import { type Position, readPosition } from '@tocsin/simulator';
import { progressBar } from '../progress-bar.ts';

const LOOK_MS = 250;

/** Records that each ledger accounts for. */
const TAKEN_IN = `
  SELECT
    (SELECT sum(records) FROM (SELECT any(records) AS records FROM blocks GROUP BY stream, partition, first_offset)) AS alerts,
    (SELECT sum(records) FROM
      (SELECT any(records) AS records FROM inventory_blocks GROUP BY stream, partition, first_offset)) AS inventory`;

export interface TakenIn {
  readonly alerts: number;
  readonly inventory: number;
}

export async function takenIn(store: Store): Promise<TakenIn> {
  const [row] = await store.rows<TakenIn>(TAKEN_IN);
  return row ?? { alerts: 0, inventory: 0 };
}

/**
 * Shows how the scenario fills the store, until all of it up to now is in: what the feed had told by then, and the
 * services have taken in. Throws once the signal is aborted.
 * @param before what they had taken in that is not the feed's
 */
export async function showLoad(
  store: Store,
  file: string,
  now: number,
  before: TakenIn,
  signal: AbortSignal,
): Promise<number> {
  const bar = progressBar({ unit: 'messages', title: 'six months of alerts', plain: true });
  try {
    for (;;) {
      const [position, taken] = await Promise.all([readPosition(file), takenIn(store)]);
      if (position !== null) {
        const progress = progressOf(position, before, taken, now);
        bar.show(progress.done, progress.of);
        if (position.at >= now && progress.done >= progress.of) return progress.done;
      }
      await pause(LOOK_MS, undefined, { signal });
    }
  } finally {
    bar.end();
  }
}

/**
 * Messages in the store of those that it will have got by `now`. How many that will be is known once they are told;
 * until then it is taken that the rest of the time brings as many as the part so far.
 */
export function progressOf(
  { begin, at, alerts, inventory }: Position,
  before: TakenIn,
  taken: TakenIn,
  now: number,
): { done: number; of: number } {
  const share = Math.min(1, Math.max(0, (at - begin) / Math.max(1, now - begin)));
  const told = alerts + inventory;
  const of = share === 0 ? Number.POSITIVE_INFINITY : inventory + alerts / share;
  return {
    done: taken.alerts + taken.inventory - (before.alerts + before.inventory),
    of: Math.max(told, of),
  };
}
