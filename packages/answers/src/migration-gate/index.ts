import { z } from 'zod';
import { iso, london, PERIOD, utc } from '../period.ts';
import { question } from '../question.ts';

const STATE = z.enum(['go', 'caution', 'stop']);

/** Whether devices may be migrated onto the network, hour by hour: `migration_gate` says by which bounds. */
export const migrationGate = question({
  name: 'migration-gate',
  summary: 'go, caution or stop for migrations, with the reason, over time',
  of: 'network',
  example: '--from 2020-05-01 --to 2020-07-01',
  asked: z.strictObject({ ...PERIOD }),
  told: z.strictObject({
    /** Stretches of hours, one after another, in which the state was the same; hours without an alert have none. */
    stretches: z.array(
      z.strictObject({
        from: z.iso.datetime(),
        to: z.iso.datetime(),
        state: STATE,
        /** The tightest hour's. */
        reason: z.string(),
        headroom: z.number(),
      }),
    ),
  }),
  async answer(store, { from, to }) {
    const rows = await store.rows<{
      from: string;
      to: string;
      state: z.output<typeof STATE>;
      reason: string;
      headroom: number;
    }>(
      `SELECT toString(min(hour)) AS from, toString(max(hour) + 3600) AS to, state,
         argMin(reason, least_headroom) AS reason, min(least_headroom) AS headroom
       FROM (
         SELECT hour, state, reason, least_headroom,
           intDiv(toUnixTimestamp(hour), 3600) - row_number() OVER (PARTITION BY state ORDER BY hour) AS run
         FROM migration_gate(from = {from:String}, to = {to:String})
       )
       GROUP BY state, run
       ORDER BY from`,
      { from: utc(from), to: utc(to) },
    );
    return { stretches: rows.map((row) => ({ ...row, from: iso(row.from), to: iso(row.to) })) };
  },
  show: ({ stretches }) =>
    stretches.length === 0
      ? 'No alerts in this period, or the registry gives no capacity.\n'
      : stretches
          .map(
            ({ from, to, state, reason }) =>
              `${london(from)} to ${london(to)}  ${state.padEnd(7)}  ${reason}\n`,
          )
          .join(''),
});
