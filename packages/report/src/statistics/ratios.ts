import { FEWEST_DEVICES, type Moments } from './change-over-devices.ts';
import { type Estimate, normalInterval, Z } from './interval.ts';

/**
 * Part / (part + rest), each summed over devices, with the interval that another draw of as many devices of either kind
 * would leave: few devices make most alerts, so that alerts aren't independent, devices are. How many devices there are
 * of a kind is known; how much each raises varies. By propagation of the two sums' errors (Cochran 1977, 5.2 and 6.4).
 * Null with fewer than FEWEST_DEVICES on either side.
 */
export function shareOfSides(part: Moments, rest: Moments): Estimate | null {
  if (Math.min(part.devices, rest.devices) < FEWEST_DEVICES) return null;
  const whole = part.sum + rest.sum;
  const error = ({ devices, sum, squares }: Moments) =>
    (Math.max(0, squares - sum ** 2 / devices) * devices) / (devices - 1);
  const variance = (rest.sum ** 2 * error(part) + part.sum ** 2 * error(rest)) / whole ** 4;
  return bounded(normalInterval(part.sum / whole, variance));
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
  return {
    value: share,
    low: hits === 0 ? 0 : Math.max(0, centre - half),
    high: hits === of ? 1 : Math.min(1, centre + half),
  };
}

/**
 * One share less another, of different devices, with the interval that their Wilson intervals come to: it holds for
 * small shares and for none (Newcombe 1998, "Interval estimation for the difference between independent proportions",
 * method 10).
 */
export function differenceOfShares(one: Estimate, other: Estimate): Estimate {
  const value = one.value - other.value;
  return {
    value,
    low: value - Math.hypot(one.value - one.low, other.high - other.value),
    high: value + Math.hypot(one.high - one.value, other.value - other.low),
  };
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
