/** Sums over devices by which the unevenness of their messages is judged: of (x−y)² and of x+y, x and y being a
 *  device's messages in two successive spans of the same length. */
export interface HalfSums {
  squaredDifferences: number;
  total: number;
}

/**
 * How much more a device's count varies than independent messages would: Σ(x−y)² / Σ(x+y) is 1 for a Poisson process
 * whatever the devices' rates, because x−y has mean 0 and variance x+y. Never under 1.
 */
export function overdispersion({ squaredDifferences, total }: HalfSums): number {
  return total === 0 ? 1 : Math.max(1, squaredDifferences / total);
}

/**
 * The probability that a device which sent `messages` in `before` days sends none in the `silent` days after, if
 * nothing has happened to it: (1 + silent/before) ^ −(messages/dispersion). This is the negative binomial's zero class
 * for a rate that is itself known only from those messages (a gamma posterior; Gelman et al. 2013, 2.6), each counted
 * as 1/dispersion of an independent one (quasi-likelihood: McCullagh and Nelder 1989, 6.2). More than the Poisson's
 * exp(−messages·silent/before), so fewer devices are called silent.
 */
export function silenceProbability(
  messages: number,
  before: number,
  silent: number,
  dispersion: number,
): number {
  return (1 + silent / before) ** -(messages / dispersion);
}
