import type { Change } from './told.ts';

/** Alerts of a code in a region, in the hours of a period in which the region was heard. */
export interface Heard {
  readonly code: string;
  readonly region: string;
  readonly hours: number;
  readonly alerts: number;
}

/** What is compared: of each the rows of one code, or of all. `ends`: null where the periods have no whole week. */
export interface Periods {
  readonly now: readonly Heard[];
  readonly before: readonly Heard[];
  readonly ends: { readonly first: readonly Heard[]; readonly last: readonly Heard[] } | null;
}

/** A code's change, or that of all codes together. */
export function changeOf({ now, before, ends }: Periods): Change {
  const [aDay, aDayBefore] = [aDayOf(now), aDayOf(before)];
  const [began, ended] = ends === null ? [null, null] : [aDayOf(ends.first), aDayOf(ends.last)];
  const change = less(aDay, aDayBefore);
  return {
    ...{ alerts: alertsOf(now), alertsBefore: alertsOf(before), aDay, aDayBefore, change },
    share: change === null || !aDayBefore ? null : change / aDayBefore,
    ...{ began, ended, path: less(ended, began) },
  };
}

const less = (one: number | null, other: number | null) =>
  one === null || other === null ? null : one - other;
const alertsOf = (rows: readonly Heard[]) => rows.reduce((sum, { alerts }) => sum + alerts, 0);

/** Each region by its own hours, so that one which was missing for a while counts as if it had gone on as in the others. */
function aDayOf(rows: readonly Heard[]): number | null {
  if (rows.some(({ hours }) => hours <= 0)) return null;
  return rows.reduce((sum, { alerts, hours }) => sum + (alerts / hours) * 24, 0);
}

/** The rows of one code of each. */
export function ofCode({ now, before, ends }: Periods, code: string): Periods {
  const own = (rows: readonly Heard[]) => rows.filter((row) => row.code === code);
  return {
    now: own(now),
    before: own(before),
    ends: ends && { first: own(ends.first), last: own(ends.last) },
  };
}
