import type { Store } from '@tocsin/clickhouse';
import { z } from 'zod';
import { hoursOf } from '../hours.ts';
import { PERIOD } from '../period.ts';
import { question } from '../question.ts';
import { groupVerdicts, type Verdict } from './group.ts';
import { show } from './show.ts';
import { TOLD } from './told.ts';

/** Of each code how much can be stopped and how much can't: by whom, by which lever, and why not. */
export const verdicts = question({
  name: 'verdicts',
  summary: 'how much of each code can be stopped and how much can’t, by whom and why not',
  of: 'network',
  example: '--from 2020-06-01 --to 2020-07-01',
  list: 'codes',
  asked: z.strictObject({
    ...PERIOD,
    codes: z
      .string()
      .regex(/^[0-9A-Z]{3,4}(,[0-9A-Z]{3,4})*$/, { error: 'expected alert codes such as 8014,8015' })
      .transform((text) => text.split(','))
      .optional()
      .describe('these codes only, separated by commas'),
  }),
  told: TOLD,
  async answer(store, { codes = [], ...period }) {
    const { from, to, days } = hoursOf(period);
    const [rows, known, parties] = await Promise.all([
      readVerdicts(store, { from, to, codes }),
      store.rows<{ code: string; meaning: string; safety: boolean }>(
        `SELECT alert_code AS code, if(plain = '', name, plain) AS meaning, safety FROM code_dictionary`,
      ),
      store.rows<{ party: string; name: string; role: string }>(
        // Of several roles the one by which a party is known.
        `SELECT party, any(one.name) AS name,
           argMin(if(kind = '', one.role, kind), (kind = '', one.role != 'import-supplier', one.role)) AS role
         FROM parties_at(at = {at:String}, party = '') AS one GROUP BY party`,
        { at: to },
      ),
    ]);
    return groupVerdicts(rows, {
      codes: new Map(known.map((one) => [one.code, one])),
      parties: new Map(parties.map((one) => [one.party, one])),
      days,
    });
  },
  show,
});

function readVerdicts(
  store: Store,
  asked: { from: string; to: string; codes: string[] },
): Promise<Verdict[]> {
  return store.rows<Verdict>(
    `SELECT alert_code AS code, suppression, reason, toBool(stoppable_now) AS stoppable,
       if(suppression = 'suppressible', 'service-request', 'firmware') AS lever,
       if(suppression = 'suppressible', responsible_party, acting_party) AS party,
       responsible_party AS responsible, sum(one.alerts) AS alerts
     FROM alert_stoppability(from = {from:String}, to = {to:String}) AS one
     WHERE empty({codes:Array(String)}) OR alert_code IN {codes:Array(String)}
     GROUP BY code, suppression, reason, stoppable, lever, party, responsible
     ORDER BY alerts DESC, code, suppression, reason, lever, party, responsible`,
    asked,
  );
}
