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

/** The bounds of its 95% interval. */
export function boundsText(forecast: Forecast | null): string {
  if (!forecast?.low) return '';
  return `${longDay(forecast.low)} to ${forecast.high ? longDay(forecast.high) : 'never'}`;
}
