import { z } from 'zod';
import { PERIOD, utcSecond } from '../period.ts';
import { question } from '../question.ts';
import { countHans, type Hans } from './count-hans.ts';
import { show } from './show.ts';
import { TOLD } from './told.ts';

/** How many HANs are stable by DEFINITION.md, as far as this stream tells, by region and model. */
export const hanStability = question({
  name: 'han-stability',
  summary: 'how many home area networks are unstable for their users, and why, by region and model',
  of: 'devices',
  example: '--from 2020-07-01 --to 2020-08-01',
  list: 'by',
  asked: z.strictObject({ ...PERIOD }),
  told: TOLD,
  async answer(store, { from, to }, { party }) {
    const rows = await store.rows<Hans>(
      `SELECT region, model, meter, supplier, countIf(state = 'stable') AS stable, countIf(state = 'unstable') AS unstable,
         countIf(state = 'unknown') AS unknown, countIf(one.blocked) AS blocked, countIf(one.reported) AS reported,
         countIf(one.silent) AS silent, countIf(one.rejoining) AS rejoining
       FROM han_stability(from = {from:String}, to = {to:String}, party = {party:String}) AS one
       GROUP BY region, model, meter, supplier`,
      { from: utcSecond(from), to: utcSecond(to), party: party ?? '' },
    );
    return countHans(rows);
  },
  show,
});
