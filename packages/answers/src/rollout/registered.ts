import type { Store } from '@tocsin/clickhouse';
import { iso, utc } from '../period.ts';
import { Unknown } from '../question.ts';

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

/**
 * The rollout with its states up to `to`, ms since the epoch; null where the registry has no rollouts at all.
 * @param party empty: of all, else of the rollouts that are for models of its own devices
 * @throws Unknown where it has others
 */
export async function registered(
  store: Store,
  rollout: string,
  to: number,
  party: string,
): Promise<Registered | null> {
  const rows = await store.rows<Registered>(
    `SELECT rollout, name, manufacturer, model, firmware AS version, codes, regions, acting_party AS actingParty,
       toString(begins) AS begins, toString(ends) AS ends,
       arrayMap(one -> tuple(toString(one.1), toString(one.2), one.3)::Tuple(from String, to Nullable(String), reason String), pauses) AS pauses,
       arrayMap(one -> tuple(toString(one.1), one.2, one.3)::Tuple(from String, state String, reason String), states) AS states
     FROM party_rollouts(to = {to:String}, party = {party:String})
     ORDER BY rollout`,
    { to: utc(to), party },
  );
  const found = rows.find((row) => row.rollout === rollout);
  if (!found && (rows.length > 0 || party !== ''))
    throw new Unknown(
      'rollout',
      rollout,
      `expected one that the registry has${party && ' for your devices'}: ${rows.map((row) => row.rollout).join(', ') || 'there is none'}`,
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
