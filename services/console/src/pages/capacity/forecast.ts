import type { Told } from '../../ask/questions.ts';
import { longDay } from '../../time/london.ts';

type Forecast = NonNullable<Told['capacity']['components'][number]['forecast']>;

/** When a day's peak is expected at the capacity. */
export function forecastText(forecast: Forecast | null): string {
  if (forecast === null) return 'Not known';
  if (forecast.state === 'already') return 'Reached already';
  if (forecast.at === null) return 'Not within ten years';
  return longDay(forecast.at);
}

/** The bounds of its 95% interval, in words. */
export function boundsText(forecast: Forecast | null): string {
  if (!forecast?.low) return '';
  const { state, low, high } = forecast;
  if (state === 'already') {
    if (high === low) return '';
    return high === null ? 'though it may not be within ten years' : `or by ${longDay(high)} at the latest`;
  }
  const earliest = `${longDay(low)} at the earliest`;
  if (state === 'never') return earliest;
  return `${earliest}, ${high === null ? 'or not within ten years' : `${longDay(high)} at the latest`}`;
}
