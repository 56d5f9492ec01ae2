import type { Store } from '@tocsin/clickhouse';

/** A rollout as the registry has it at a time. Moments as the store has them, UTC. */
export interface Registered {
  name: string;
  begins: string;
  manufacturer: string;
  model: string;
  version: string;
  codes: string[];
  /** All where there are none. */
  regions: string[];
  actingParty: string;
  state: string;
  reason: string;
}

/** Whoever asks named a rollout that the registry doesn't have. */
class UnknownRollout extends Error {
  override readonly name = 'UnknownRollout';
}

/**
 * The rollout as it was at `to`, `YYYY-MM-DD hh:mm:ss` in UTC; null where the registry has no rollouts at all.
 * @throws UnknownRollout where it has others
 */
export async function registered(store: Store, rollout: string, to: string): Promise<Registered | null> {
  const rows = await store.rows<Registered & { rollout: string }>(
    `SELECT rollout, name, toString(toDateTime(begins)) AS begins, manufacturer, model, firmware AS version, codes,
       regions, acting_party AS actingParty, state, reason
     FROM rollout_firmware(to = {to:String}) ORDER BY rollout`,
    { to },
  );
  const found = rows.find((row) => row.rollout === rollout);
  if (rows.length > 0 && !found)
    throw new UnknownRollout(
      `rollout ${rollout}: expected one that the registry has: ${rows.map((row) => row.rollout).join(', ')}`,
    );
  return found ?? null;
}
