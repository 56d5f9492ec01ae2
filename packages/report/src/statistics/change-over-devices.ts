import type { Estimate } from './interval.ts';
import { studentQuantile } from './interval.ts';

/** Number, sum and sum of squares of one figure per device. */
export interface Moments {
  devices: number;
  sum: number;
  squares: number;
}

/** Fewest devices on either side for which an interval is given. */
export const FEWEST_DEVICES = 30;

const mean = ({ devices, sum }: Moments) => sum / devices;
const variance = ({ devices, sum, squares }: Moments) =>
  Math.max(0, (squares - (sum * sum) / devices) / (devices - 1));

/** The mean of one figure per device, with Student's interval. Null under FEWEST_DEVICES. */
export function meanOverDevices(one: Moments): Estimate | null {
  if (one.devices < FEWEST_DEVICES) return null;
  return around(mean(one), variance(one) / one.devices, one.devices - 1);
}

/**
 * The mean of `treated` less that of `control`, each device one observation. Where the figure is a device's change
 * from before to after, this is the difference in differences (Ashenfelter and Card 1985), and its interval is that
 * of Welch (1947) with Satterthwaite's degrees of freedom: the two sides may vary unequally. One figure per device
 * leaves no correlation over days to underestimate (Bertrand, Duflo and Mullainathan 2004).
 * Null where either side has fewer than FEWEST_DEVICES.
 */
export function differenceInDifferences(treated: Moments, control: Moments): Estimate | null {
  if (Math.min(treated.devices, control.devices) < FEWEST_DEVICES) return null;
  const parts = [treated, control].map((side) => ({
    error: variance(side) / side.devices,
    freedom: side.devices - 1,
  }));
  const error = parts.reduce((sum, part) => sum + part.error, 0);
  const spread = parts.reduce((sum, part) => sum + part.error ** 2 / part.freedom, 0);
  return around(
    mean(treated) - mean(control),
    error,
    spread === 0 ? Number.POSITIVE_INFINITY : error ** 2 / spread,
  );
}

function around(value: number, error: number, freedom: number): Estimate {
  const half = studentQuantile(freedom) * Math.sqrt(error);
  return { value, low: value - half, high: value + half };
}
