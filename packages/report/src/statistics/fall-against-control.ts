import { FEWEST_DEVICES } from './change-over-devices.ts';
import { type Estimate, normalInterval } from './interval.ts';

/** Sums over devices of `b`, a device's alerts before, and `a`, its alerts after, over windows of the same length. */
export interface PairSums {
  devices: number;
  before: number;
  after: number;
  beforeSquares: number;
  products: number;
  afterSquares: number;
}

/**
 * What became of the `treated` devices' alerts against what would have become of them had they gone the way of the
 * `control`: ratio·Σb − Σa, with ratio = Σa/Σb of the control, so that the drift is taken off in proportion.
 *
 * The devices are the whole fleet, not a sample of one, so what is uncertain is only what they would have raised
 * (the sample average effect on the treated: Imbens and Rubin 2015, chapter 6). Its variance is learnt from how far
 * each control device strays from the ratio, residual = a − ratio·b (the ratio estimator: Cochran 1977, chapter 6),
 * carried over to the treated by their alerts before, or by the squares of these, whichever gives more; the ratio's
 * own error is added. Null without FEWEST_DEVICES on either side, counted by how evenly they raise: of few devices that
 * make most, scatter says too little. Null with a silent control as well.
 */
export function fallAgainstControl(treated: PairSums, control: PairSums): Estimate | null {
  if (control.before === 0 || Math.min(evenly(treated), evenly(control)) < FEWEST_DEVICES) return null;
  const ratio = control.after / control.before;
  const residuals = Math.max(
    0,
    control.afterSquares - 2 * ratio * control.products + ratio ** 2 * control.beforeSquares,
  );
  const scatter = (residuals * control.devices) / (control.devices - 1);
  const size = treated.before / control.before;
  const carried = Math.max(size, treated.beforeSquares / control.beforeSquares);
  return normalInterval(ratio * treated.before - treated.after, scatter * (carried + size ** 2));
}

/** Devices that all raised the same before would tell as much: (Σb)²/Σb² (Kish 1965, effective sample size). */
export function evenly({ devices, before, beforeSquares }: PairSums): number {
  return beforeSquares === 0 ? 0 : Math.min(devices, before ** 2 / beforeSquares);
}

export function addPairs(one: PairSums, other: PairSums): PairSums {
  return {
    devices: one.devices + other.devices,
    before: one.before + other.before,
    after: one.after + other.after,
    beforeSquares: one.beforeSquares + other.beforeSquares,
    products: one.products + other.products,
    afterSquares: one.afterSquares + other.afterSquares,
  };
}
