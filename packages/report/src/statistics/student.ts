/**
 * The probability that Student's t with `freedom` degrees, a whole number, is as far from 0 as `t` on either side, to 1e-11.
 * Source: the finite series of Abramowitz and Stegun (1964), 26.7.3 and 26.7.4.
 */
export function studentProbability(t: number, freedom: number): number {
  const theta = Math.atan(Math.abs(t) / Math.sqrt(freedom));
  const [sine, square] = [Math.sin(theta), Math.cos(theta) ** 2];
  const odd = freedom % 2 === 1;
  let term = odd ? Math.cos(theta) : 1;
  let sum = freedom === 1 ? 0 : term;
  // A million degrees are a million terms, of which the last don't tell.
  for (let k = odd ? 3 : 2; k < freedom - 1 && term > sum * 1e-17; k += 2) {
    term *= ((k - 1) / k) * square;
    sum += term;
  }
  const within = odd ? (2 / Math.PI) * (theta + sine * sum) : sine * sum;
  return Math.min(1, Math.max(0, 1 - within));
}
