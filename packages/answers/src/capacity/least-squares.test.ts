import { expect, it } from 'vitest';
import { leastSquares } from './least-squares.ts';

it('gives coefficients and their covariance as NumPy does by the definition', () => {
  const days = Array.from({ length: 30 }, (_, i) => i);
  const values = days.map((i) => 2 + 0.05 * i + [0.3, -0.1, 0.2, -0.4, 0.1][i % 5]! + 0.02 * ((i * 7) % 11));
  const fit = leastSquares(
    days.map((i) => [1, i - 29]),
    values,
  );
  // numpy.linalg.lstsq, and the long-run variance of the scores a day by its definition, 28 degrees left.
  expect(fit.freedom).toBe(3);
  expect(fit.coefficients[0]).toBeCloseTo(3.5523655913978494, 12);
  expect(fit.coefficients[1]).toBeCloseTo(0.04869187986651834, 12);
  expect(fit.covariance([1, 0], [1, 0])).toBeCloseTo(3.703634249452844e-5, 15);
  expect(fit.covariance([1, 0], [0, 1])).toBeCloseTo(2.700682587195195e-6, 15);
  expect(fit.covariance([0, 1], [0, 1])).toBeCloseTo(3.313623682457341e-7, 15);
});

it('refuses regressors that say the same', () => {
  const design = Array.from({ length: 30 }, (_, i) => [1, i, 2 * i]);
  expect(() =>
    leastSquares(
      design,
      design.map(() => 1),
    ),
  ).toThrow();
});
