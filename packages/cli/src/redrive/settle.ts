import { createStore, type DoubtfulRedrive, findDoubtful, recordRedrive } from '@tocsin/clickhouse';
import type { readRedriveConfig } from '../config.ts';

/** An attempt younger than this may still be at work. */
const STILL_AT_WORK_MS = 10 * 60_000;

export interface SettleRequest {
  readonly state: 'produced' | 'withdrawn';
  readonly dryRun: boolean;
  /** Whether a position is meant. */
  readonly matches: (position: DoubtfulRedrive) => boolean;
}

export interface Settled {
  readonly dryRun: boolean;
  readonly state: 'produced' | 'withdrawn';
  /** Positions, with the attempt to look for in the headers of the topic of alerts. */
  readonly positions: readonly DoubtfulRedrive[];
}

/** Records what is known of attempts that were killed between their intention and their record. */
export async function settle(
  { connection }: ReturnType<typeof readRedriveConfig>,
  { state, dryRun, matches }: SettleRequest,
): Promise<Settled> {
  const store = createStore(connection);
  try {
    const doubtful = await findDoubtful(store, Date.now() - STILL_AT_WORK_MS);
    const positions = doubtful.filter(matches);
    if (!dryRun) {
      for (const { attempt, ...position } of positions)
        await recordRedrive(store, attempt, [position], state);
    }
    return { dryRun, state, positions };
  } finally {
    await store.close();
  }
}
