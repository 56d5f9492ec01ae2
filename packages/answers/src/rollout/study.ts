import type { Store } from '@tocsin/clickhouse';
import { addDays, daysOf } from '@tocsin/domain';
import { paramsOf, type Reach, type Treatment } from './treatment.ts';

export type Dimension = 'region' | 'supplier' | 'model';

/** Over which days, devices and regions a treatment's effect is looked for. */
export interface Study {
  treatment: Treatment;
  kinds: string[];
  /** The UTC days of the first and the last activation that counts. */
  firstDay: string;
  lastDay: string;
  /** For each day from 28 days before the first to 14 after the last, 1 where it counts. */
  complete: number[];
  /** Regions whose feed was missing on so many days that they take no part. */
  regionsOut: string[];
  dimensions: readonly Dimension[];
}

const BEFORE = 28;
const AFTER = 14;

/**
 * The days that count are those that are over, of which anything came, and on which no region of the devices' had a gap in its
 * feed: what is left out is left out of every mean, so that all of them are of the same days. A region that was missing on
 * half of the days takes no part instead.
 */
export async function planStudy(
  store: Store,
  treatment: Treatment,
  { adoption, kinds, regions }: Reach,
  dimensions: readonly Dimension[],
): Promise<Study> {
  const [firstDay, lastDay] = [adoption[0]!.day, adoption.at(-1)!.day];
  const days = daysOf({ first: addDays(firstDay, -BEFORE), last: addDays(lastDay, AFTER) });
  const rows = await store.rows<{ day: string; gaps: string[] }>(
    'SELECT day, gaps FROM feed_days(from = {from:String}, to = {to:String})',
    {
      from: `${days[0]} 00:00:00`,
      to: paramsOf({
        ...treatment,
        to: Math.min(treatment.to, Date.parse(`${addDays(days.at(-1)!, 1)}T00:00Z`)),
      }).to,
    },
  );
  const gaps = new Map(rows.map((row) => [row.day, row.gaps]));
  const away = (region: string) => rows.filter((row) => row.gaps.includes(region)).length;
  // A party's controls may be in regions in which it has no devices.
  const theirs =
    treatment.party === '' ? regions : [...new Set(rows.flatMap((row) => row.gaps).concat(regions))];
  const regionsOut = theirs.filter((region) => away(region) > 0 && 2 * away(region) >= rows.length);
  const taking = theirs.filter((region) => !regionsOut.includes(region));
  const complete = days.map((day) => {
    const missing = gaps.get(day);
    return missing !== undefined && !taking.some((region) => missing.includes(region)) ? 1 : 0;
  });
  return { treatment, kinds, firstDay, lastDay, complete, regionsOut, dimensions };
}
