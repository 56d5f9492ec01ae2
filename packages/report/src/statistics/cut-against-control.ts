import { FEWEST_DEVICES } from './change-over-devices.ts';
import { evenly, type PairSums } from './fall-against-control.ts';
import { type Estimate, studentQuantile } from './interval.ts';

/**
 * The share of its alerts that a treatment ends: 1 − (Σa/Σb of the treated) / (Σa/Σb of the control), a and b being what
 * a cluster of devices raised after and before. A ratio of ratios, so that what moved all alike drops out, and of use for
 * others that raise more or less than those it was learnt from. The interval is that of the logarithm by linearisation
 * over clusters, each side's variance Σ(a/Σa − b/Σb)²·n/(n−1) (Taylor's series for ratios: Cochran 1977, chapter 6;
 * Wolter 2007, chapter 6), with Student's quantile for the smaller side. Null without FEWEST_DEVICES clusters on either
 * side, counted by how evenly they raise, or where one of the four sums is 0.
 */
export function cutAgainstControl(treated: PairSums, control: PairSums): Estimate | null {
  if (Math.min(treated.before, treated.after, control.before, control.after) <= 0) return null;
  const clusters = Math.min(evenly(treated), evenly(control));
  if (clusters < FEWEST_DEVICES) return null;
  const left = treated.after / treated.before / (control.after / control.before);
  const half = studentQuantile(clusters - 1) * Math.sqrt(logVariance(treated) + logVariance(control));
  return { value: 1 - left, low: 1 - left * Math.exp(half), high: 1 - left * Math.exp(-half) };
}

function logVariance({ devices, before, after, beforeSquares, products, afterSquares }: PairSums): number {
  const spread = afterSquares / after ** 2 - (2 * products) / (after * before) + beforeSquares / before ** 2;
  return (Math.max(0, spread) * devices) / (devices - 1);
}
