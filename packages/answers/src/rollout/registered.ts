import type { Store } from '@tocsin/clickhouse';
import { iso, utc } from '../period.ts';

/** A rollout as the registry has it. Moments are ISO 8601. */
export interface Registered {
  rollout: string;
  name: string;
  manufacturer: string;
  model: string;
  version: string;
  codes: string[];
  /** All where there are none. */
  regions: string[];
  actingParty: string;
  begins: string;
  ends: string | null;
  pauses: { from: string; to: string | null; reason: string }[];
  states: { from: string; state: string; reason: string }[];
}

/** Whoever asks named a rollout that the registry doesn't have. */
class UnknownRollout extends Error {
  override readonly name = 'UnknownRollout';
}

/**
 * The rollout with its states up to `to`, ms since the epoch; null where the registry has no rollouts at all.
 * @throws UnknownRollout where it has others
 */
export async function registered(store: Store, rollout: string, to: number): Promise<Registered | null> {
  const rows = await store.rows<Registered>(
    `SELECT rollout, name, manufacturer, model, firmware AS version, codes, regions, acting_party AS actingParty,
       toString(begins) AS begins, toString(ends) AS ends,
       arrayMap(one -> tuple(toString(one.1), toString(one.2), one.3)::Tuple(from String, to Nullable(String), reason String), pauses) AS pauses,
       arrayMap(one -> tuple(toString(one.1), one.2, one.3)::Tuple(from String, state String, reason String), states) AS states
     FROM rollout_registered(to = {to:String})
     ORDER BY rollout`,
    { to: utc(to) },
  );
  const found = rows.find((row) => row.rollout === rollout);
  if (rows.length > 0 && found === undefined)
    throw new UnknownRollout(
      `rollout ${rollout}: expected one that the registry has: ${rows.map((row) => row.rollout).join(', ')}`,
    );
  if (found === undefined) return null;
  const moment = (text: string | null) => text && iso(text);
  return {
    ...found,
    begins: iso(found.begins),
    ends: moment(found.ends),
    pauses: found.pauses.map((one) => ({ ...one, from: iso(one.from), to: moment(one.to) })),
    states: found.states.map((one) => ({ ...one, from: iso(one.from) })),
  };
}
