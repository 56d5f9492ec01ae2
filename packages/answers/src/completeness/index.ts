import { z } from 'zod';
import { hoursOf } from '../hours.ts';
import { iso, PERIOD } from '../period.ts';
import { question } from '../question.ts';
import { show } from './show.ts';
import { TOLD, type Told } from './told.ts';

/** Whether all came that was expected: before any other figure is read. */
export const completeness = question({
  name: 'completeness',
  summary: 'whether all came that was expected, by region and responsible party, and which hours are missing',
  of: 'devices',
  example: '--from 2020-05-01 --to 2020-06-01',
  list: 'regions',
  asked: z.strictObject({ ...PERIOD }),
  told: TOLD,
  async answer(store, period, { party }) {
    const { from, to } = hoursOf(period);
    const params = { from, to, party };
    const [regions, parties, gaps] = await Promise.all([
      store.rows<Omit<Told['regions'][number], 'gapHours'>>(
        `SELECT region, if(hours = 0, NULL, sumIf(received, expected > 0) / sum(expected)) AS share,
           countIf(expected > 0) AS hours
         FROM feed_by_region(from = {from:String}, to = {to:String})
         GROUP BY region
         ORDER BY region`,
        params,
      ),
      store.rows<Told['parties'][number]>(
        `SELECT region, responsible_party AS party, sum(feed.received) AS received, sum(ifNull(feed.expected, 0)) AS expected,
           if(expected = 0, NULL, sumIf(feed.received, feed.expected > 0) / expected) AS share
         FROM feed_completeness(from = {from:String}, to = {to:String}) AS feed
         WHERE {party:Nullable(String)} IS NULL OR responsible_party = {party:Nullable(String)}
         GROUP BY region, party
         ORDER BY share IS NULL, share, region, party`,
        params,
      ),
      store.rows<Told['gaps'][number] & { hours: number }>(
        `SELECT region, toString(min(hour)) AS from, toString(max(hour) + 3600) AS to, toUInt32(count()) AS hours,
           if(sum(gap.expected) = 0, NULL, sum(gap.received) / sum(gap.expected)) AS share
         FROM (
           SELECT *, intDiv(toUnixTimestamp(hour), 3600) - row_number() OVER (PARTITION BY region ORDER BY hour) AS run
           FROM feed_gaps(from = {from:String}, to = {to:String})
         ) AS gap
         GROUP BY region, run
         ORDER BY from, region`,
        params,
      ),
    ]);
    const gapHours = (of: string) =>
      gaps.filter(({ region }) => region === of).reduce((sum, { hours }) => sum + hours, 0);
    return {
      regions: regions.map((one) => ({ ...one, gapHours: gapHours(one.region) })),
      parties,
      gaps: gaps.map(({ hours, ...gap }) => ({ ...gap, from: iso(gap.from), to: iso(gap.to) })),
    };
  },
  show,
});
