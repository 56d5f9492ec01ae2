import { amount, london, percent } from '@tocsin/answers';
import type { Cited } from './cited.ts';

/** As a person reads it, without its unit but for the percent sign; `–` where there is none. */
export function shown({ value, unit }: Pick<Cited, 'value' | 'unit'>): string {
  if (value === null) return '–';
  if (typeof value === 'string') return unit === 'moment' ? london(value) : value;
  switch (unit) {
    case 'share':
      return percent(value);
    case 'change of share':
      return `${value > 0 ? '+' : ''}${percent(value)}`.replace('-', '−');
    default:
      return (
        Math.abs(value) < 10 && !Number.isInteger(value)
          ? String(Number(value.toPrecision(3)))
          : amount(value)
      ).replace('-', '−');
  }
}
