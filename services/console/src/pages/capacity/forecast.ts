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
    return high === null ? 'perhaps not within ten years' : `perhaps only on ${longDay(high)}`;
  }
  const earliest = `${longDay(low)} at the earliest`;
  if (state === 'never') return earliest;
  return `${earliest}, ${high === null ? 'or not within ten years' : `${longDay(high)} at the latest`}`;
}

/** Its bounds, and how it was made. */
export function noteOf(forecast: Forecast): string {
  const bounds = boundsText(forecast);
  return `${bounds && `${bounds} (95% interval); `}${forecast.model}`;
}
