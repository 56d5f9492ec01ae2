import type { Day } from '@tocsin/domain';
import { dayAfter, type Growth } from './growth.ts';

export interface Forecast {
  /** `already`: a day's peak is expected to be at the capacity by now; `never`: it isn't within ten years. */
  readonly state: 'never' | 'already' | 'reached';
  /** The first day whose peak is expected to be at the capacity; null for `never`. */
  readonly at: Day | null;
  /** The earliest day that the data allow for; null: none within ten years. */
  readonly low: Day | null;
  /** The latest; null: that it is never reached, or not within ten years, can't be excluded. */
  readonly high: Day | null;
  readonly model: string;
}

const HORIZON = 3650;

/**
 * When the expected peak of a day reaches a capacity if growth goes on as it is: the line's crossing, between those of its
 * 95% bounds, which is the set of days that a test at 5% does not refuse (inverse prediction: Fieller 1954). Days from the
 * last one on: what is `already` reached is so on that day.
 */
export function forecastOf(growth: Growth | null, capacity: number): Forecast | null {
  if (growth === null) return null;
  const first = (bound: 'value' | 'low' | 'high') => {
    for (let ahead = 0; ahead <= HORIZON; ahead++)
      if (growth.peakAfter(ahead)[bound] >= capacity) return dayAfter(growth, ahead);
    return null;
  };
  const at = first('value');
  const state = at === null ? 'never' : at === growth.lastDay ? 'already' : 'reached';
  return { state, at, low: first('high'), high: first('low'), model: growth.model };
}

/** Of several components the first to reach its capacity, and which one it is; null where nothing is known of any. */
export function earliest(
  forecasts: readonly { component: string; forecast: Forecast | null }[],
): (Forecast & { component: string }) | null {
  const known = forecasts.flatMap(({ component, forecast }) =>
    forecast ? [{ ...forecast, component }] : [],
  );
  const first = (bound: 'at' | 'low' | 'high') =>
    known
      .map((one) => one[bound])
      .filter((day) => day !== null)
      .sort()[0] ?? null;
  // No day is after all days.
  const order = ({ at, low }: Forecast) => `${at ?? '~'} ${low ?? '~'}`;
  const [tightest] = known.sort((a, b) => (order(a) < order(b) ? -1 : 1));
  return tightest ? { ...tightest, low: first('low'), high: first('high') } : null;
}
