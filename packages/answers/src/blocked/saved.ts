import type { Estimate } from '@tocsin/report';
import type { Told } from './told.ts';

/**
 * Alerts a day that the firmware would have ended on the devices that it can't reach: what they raised times the share that
 * it ends elsewhere. Several firmwares' are independent, so that the distances from the sum add up as squares. Null where
 * one that would count can't be known, or there is none.
 */
export function saved(effects: Told['effects']): Estimate | null {
  const counting = effects.filter(({ blockedAlerts }) => blockedAlerts > 0);
  if (counting.length === 0 || counting.some(({ cut }) => cut === null)) return null;
  const sum = { value: 0, below: 0, above: 0 };
  for (const { cut, blockedAlerts } of counting) {
    sum.value += cut!.value * blockedAlerts;
    sum.below = Math.hypot(sum.below, (cut!.value - cut!.low) * blockedAlerts);
    sum.above = Math.hypot(sum.above, (cut!.high - cut!.value) * blockedAlerts);
  }
  return { value: sum.value, low: sum.value - sum.below, high: sum.value + sum.above };
}
