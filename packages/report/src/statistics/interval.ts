/** A value with the bounds of its 95% interval, and what it rests on. */
export interface Estimate {
  value: number;
  low: number;
  high: number;
}

/** Half the interval's width as a share of the value; infinite where the value is 0. */
export function relativeHalfWidth({ value, low, high }: Estimate): number {
  return value === 0 ? (low === high ? 0 : Number.POSITIVE_INFINITY) : (high - low) / 2 / Math.abs(value);
}

/** The normal distribution's 97.5% quantile. */
export const Z = 1.959963984540054;

/** `value` and 1.96 standard errors on either side. */
export function normalInterval(value: number, variance: number): Estimate {
  const half = Z * Math.sqrt(variance);
  return { value, low: value - half, high: value + half };
}

/**
 * Student's 97.5% quantile for `freedom` degrees, right to seven digits from 30 on, which is all we ask for.
 * Source: the expansion about the normal quantile, Abramowitz and Stegun (1964), 26.7.5.
 */
export function studentQuantile(freedom: number): number {
  const z = Z;
  const terms = [
    (z ** 3 + z) / 4,
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96,
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384,
    (79 * z ** 9 + 776 * z ** 7 + 1482 * z ** 5 - 1920 * z ** 3 - 945 * z) / 92_160,
  ];
  return terms.reduce((sum, term, i) => sum + term / freedom ** (i + 1), z);
}
