import { FEWEST_DEVICES } from './change-over-devices.ts';
import { type Estimate, normalInterval, Z } from './interval.ts';

/** Sums over devices of `part` and `whole`, part being some of whole. */
export interface ShareSums {
  devices: number;
  part: number;
  whole: number;
  partSquares: number;
  products: number;
  wholeSquares: number;
}

/**
 * Σpart / Σwhole with the interval that another draw of as many devices would leave: few devices make most alerts,
 * so that alerts are not independent, devices are. Source: the ratio estimator, Cochran (1977), 6.4.
 * Null with fewer than FEWEST_DEVICES or nothing to share.
 */
export function shareOverDevices(sums: ShareSums): Estimate | null {
  if (sums.devices < FEWEST_DEVICES || sums.whole === 0) return null;
  const share = sums.part / sums.whole;
  const residuals = Math.max(
    0,
    sums.partSquares - 2 * share * sums.products + share ** 2 * sums.wholeSquares,
  );
  const variance = (residuals * sums.devices) / (sums.devices - 1) / sums.whole ** 2;
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
