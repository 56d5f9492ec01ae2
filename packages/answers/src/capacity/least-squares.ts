import { inverse, Matrix } from 'ml-matrix';

/** A line of the design, one for each day: what the day's value is a weighted sum of. */
export type Regressors = readonly number[];

export interface Fit {
  readonly coefficients: readonly number[];
  /** Value less what the coefficients make of its day. */
  readonly residuals: readonly number[];
  /** Variance and covariance of two weighted sums of the coefficients. */
  covariance(one: Regressors, other: Regressors): number;
  /** Degrees of freedom of Student's t for a weighted sum of the coefficients. */
  readonly freedom: number;
}

/**
 * Least squares, with a covariance that holds where residuals hang together from day to day and where some scatter more than
 * others: their scores are weighed by the first cosines (equal-weighted cosine estimator of the long-run variance), 0.4 of
 * n^(2/3) of them, which is also how many degrees of freedom Student's t has then. Scores are scaled by n / (n − p), as
 * residuals of a fit are smaller than what they stand for.
 *
 * Source: Lazarus, Lewis, Stock and Watson (2018), HAR inference: recommendations for practice, Journal of Business and
 * Economic Statistics 36(4). The days are taken as following each other, also where some between them are left out.
 * @throws where regressors are not independent of each other
 */
export function leastSquares(design: readonly Regressors[], values: readonly number[]): Fit {
  const x = new Matrix(design.map((row) => [...row]));
  const [n, p] = [x.rows, x.columns];
  const gram = inverse(x.transpose().mmul(x));
  const coefficients = gram
    .mmul(x.transpose())
    .mmul(Matrix.columnVector([...values]))
    .to1DArray();
  const residuals = values.map((value, i) => value - dot(design[i]!, coefficients));
  const freedom = cosinesOf(n);
  const longRun = Matrix.zeros(p, p);
  for (let j = 1; j <= freedom; j++) {
    const weights = residuals.map((residual, i) => residual * Math.cos((Math.PI * j * (i + 0.5)) / n));
    const score = x.transpose().mmul(Matrix.columnVector(weights));
    longRun.add(score.mmul(score.transpose()).mul((2 * n) / (n - p) / freedom));
  }
  const covariance = gram.mmul(longRun).mmul(gram);
  return {
    coefficients,
    residuals,
    freedom,
    covariance: (one, other) =>
      Matrix.rowVector([...one])
        .mmul(covariance)
        .mmul(Matrix.columnVector([...other]))
        .get(0, 0),
  };
}

const cosinesOf = (n: number) => Math.floor(0.4 * n ** (2 / 3));

export const dot = (one: Regressors, other: Regressors): number =>
  one.reduce((sum, value, i) => sum + value * other[i]!, 0);
