import { z } from 'zod';
import { PERIOD, utc } from '../period.ts';
import { question } from '../question.ts';

const ROLE = z.strictObject({
  id: z.string(),
  name: z.string(),
  role: z.string(),
  /** `dno` or `idno` of a network's operator; empty of others. */
  kind: z.string(),
  /** Empty: all. */
  regions: z.array(z.string()),
  /** In this role; those that are none can't send service requests. */
  dccUser: z.boolean(),
});

/** Who is who; a party is told of itself, of the operators of its devices' networks and of who carries their alerts. */
export const parties = question({
  name: 'parties',
  summary: 'the parties with their roles, and whether they are DCC Users',
  of: 'devices',
  example: '--at 2020-07-07',
  list: 'parties',
  asked: z.strictObject({ at: PERIOD.from.optional().describe('as of when; default: now') }),
  told: z.strictObject({ parties: z.array(ROLE) }),
  async answer(store, { at = Date.now() }, { party }) {
    const rows = await store.rows<z.output<typeof ROLE>>(
      `SELECT party AS id, name, role, kind, regions, is_dcc_user AS dccUser
       FROM parties_at(at = {at:String}, party = {party:String})
       ORDER BY id, role`,
      { at: utc(Math.floor(at / 1000) * 1000), party: party ?? '' },
    );
    return { parties: rows };
  },
  show: ({ parties }) =>
    parties.length === 0
      ? 'The registry tells of no party.\n'
      : parties
          .map(
            ({ id, name, role, dccUser }) =>
              `${id.padEnd(12)} ${role.padEnd(24)} ${dccUser ? 'DCC User ' : '         '} ${name}\n`,
          )
          .join(''),
});
