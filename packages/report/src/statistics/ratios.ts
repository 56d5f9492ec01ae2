import { type Estimate, normalInterval, Z } from './interval.ts';

/** Fewest days for which a share over days has an interval. */
const FEWEST_DAYS = 7;

/** A day's alerts of some kind, and all of them. */
export interface DayShare {
  part: number;
  whole: number;
}

/**
 * Σpart / Σwhole with the interval of other days of the same devices: these are the whole fleet, not a sample of one,
 * so what is uncertain is only what they would have raised. Alerts come in floods and aren't independent, days nearly
 * are. Source: the ratio estimator, Cochran (1977), 6.4. Null with fewer than FEWEST_DAYS or nothing to share.
 */
export function shareOverDays(days: readonly DayShare[]): Estimate | null {
  const whole = days.reduce((sum, day) => sum + day.whole, 0);
  if (days.length < FEWEST_DAYS || whole === 0) return null;
  const share = days.reduce((sum, day) => sum + day.part, 0) / whole;
  const residuals = days.reduce((sum, day) => sum + (day.part - share * day.whole) ** 2, 0);
  const variance = (residuals * days.length) / (days.length - 1) / whole ** 2;
  return bounded(normalInterval(share, variance));
}

/**
 * `hits` of `of` with Wilson's interval (1927), which holds for small shares, where hits ± 1.96 errors does not
 * (Newcombe 1998). Null where there is nothing to share.
 */
export function wilson(hits: number, of: number): Estimate | null {
  if (of === 0) return null;
  const share = hits / of;
  const centre = (share + Z ** 2 / (2 * of)) / (1 + Z ** 2 / of);
  const half = (Z / (1 + Z ** 2 / of)) * Math.sqrt((share * (1 - share)) / of + Z ** 2 / (4 * of ** 2));
  return { value: share, low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}

/** A count over so many days. */
export interface Count {
  count: number;
  days: number;
}

/**
 * One count's daily mean over another's, with the interval of events that come independently of each other: the
 * logarithm's error is √(1/n + 1/m) (Rothman, Greenland and Lash 2008, chapter 14). Null where either count is 0.
 */
export function rateRatio(one: Count, other: Count): Estimate | null {
  if (one.count === 0 || other.count === 0) return null;
  const value = one.count / one.days / (other.count / other.days);
  const factor = Math.exp(Z * Math.sqrt(1 / one.count + 1 / other.count));
  return { value, low: value / factor, high: value * factor };
}

function bounded({ value, low, high }: Estimate): Estimate {
  return { value, low: Math.max(0, low), high: Math.min(1, high) };
}
