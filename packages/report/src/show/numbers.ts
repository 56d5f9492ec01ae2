import type { Measure } from '../form.ts';

export function showNumber(value: number | string, unit: Measure['unit']): string {
  if (typeof value === 'string') return value;
  if (unit === 'share') return `${(value * 100).toFixed(1)}%`;
  const digits = Math.abs(value) >= 100 || Number.isInteger(value) ? 0 : 2;
  return value.toLocaleString('en-GB', { maximumFractionDigits: digits, minimumFractionDigits: digits });
}

/** `155 to 165`, empty where there is no interval. */
export function showInterval({ low, high, unit }: Pick<Measure, 'low' | 'high' | 'unit'>): string {
  return low === undefined || high === undefined
    ? ''
    : `${showNumber(low, unit)} to ${showNumber(high, unit)}`;
}

export const showCount = (n: number | undefined): string => n?.toLocaleString('en-GB') ?? '';
