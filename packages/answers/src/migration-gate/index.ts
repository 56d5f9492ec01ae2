import { z } from 'zod';
import { hoursOf } from '../hours.ts';
import { iso, PERIOD } from '../period.ts';
import { question } from '../question.ts';
import { show } from './show.ts';
import { type STATE, TOLD } from './told.ts';

/** Whether devices may be migrated onto the network, hour by hour: `migration_gate` says by which bounds. */
export const migrationGate = question({
  name: 'migration-gate',
  summary: 'go, caution or stop for migrations, with the reason, over time',
  of: 'network',
  example: '--from 2020-05-01 --to 2020-07-01',
  list: 'stretches',
  asked: z.strictObject({ ...PERIOD }),
  told: TOLD,
  async answer(store, period) {
    const { from, to } = hoursOf(period);
    const rows = await store.rows<{
      from: string;
      to: string;
      state: z.output<typeof STATE>;
      reason: string;
      tightest: string;
      headroom: number;
    }>(
      `SELECT toString(min(hour)) AS from, toString(max(hour) + 3600) AS to, state,
         argMin(reason, least_headroom) AS reason, argMin(tightest, least_headroom) AS tightest,
         min(least_headroom) AS headroom
       FROM (
         SELECT hour, state, reason, tightest, least_headroom,
           intDiv(toUnixTimestamp(hour), 3600) - row_number() OVER (PARTITION BY state ORDER BY hour) AS run
         FROM migration_gate(from = {from:String}, to = {to:String})
       )
       GROUP BY state, run
       ORDER BY from`,
      { from, to },
    );
    return { stretches: rows.map((row) => ({ ...row, from: iso(row.from), to: iso(row.to) })) };
  },
  show,
});
