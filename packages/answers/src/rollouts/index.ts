import { z } from 'zod';
import { iso, london, PERIOD, utc } from '../period.ts';
import { question } from '../question.ts';

const ROLLOUT = z.strictObject({
  rollout: z.string(),
  name: z.string(),
  begins: z.iso.datetime(),
  manufacturer: z.string(),
  model: z.string(),
  version: z.string(),
  /** That it is to end. */
  codes: z.array(z.string()),
  /** Empty: all. */
  regions: z.array(z.string()),
  actingParty: z.string(),
  /** As it was at the moment, with its reason, such as `on-hold` for `deafness`; empty: none told yet. */
  state: z.string(),
  reason: z.string(),
});

/** The firmware rollouts of the registry; a party is told of those for models of its own devices. */
export const rollouts = question({
  name: 'rollouts',
  summary: 'the firmware rollouts, for which models, to end which alerts, and how each stands',
  of: 'devices',
  example: '--at 2020-07-07',
  list: 'rollouts',
  asked: z.strictObject({ at: PERIOD.from.optional().describe('as of when; default: now') }),
  told: z.strictObject({ rollouts: z.array(ROLLOUT) }),
  async answer(store, { at = Date.now() }, { party }) {
    const rows = await store.rows<z.output<typeof ROLLOUT>>(
      `SELECT rollout, name, toString(begins) AS begins, manufacturer, model, firmware AS version, codes, regions,
         acting_party AS actingParty, states[-1].2 AS state, states[-1].3 AS reason
       FROM party_rollouts(to = {at:String}, party = {party:String})
       ORDER BY begins, rollout`,
      { at: utc(at), party: party ?? '' },
    );
    return { rollouts: rows.map((row) => ({ ...row, begins: iso(row.begins) })) };
  },
  show: ({ rollouts }) =>
    rollouts.length === 0
      ? 'The registry tells of no rollout.\n'
      : rollouts
          .map(
            ({ rollout, name, begins, manufacturer, model, version, state, reason }) =>
              `${rollout.padEnd(16)} ${name}: ${version} onto ${manufacturer} ${model} since ${london(begins)}` +
              `${state && `, ${state}`}${reason && ` (${reason})`}\n`,
          )
          .join(''),
});
