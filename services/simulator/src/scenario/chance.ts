import type { Random } from '../feed/random.ts';

const TWO_32 = 4_294_967_296;

/** In (0, 1]. */
const open = (random: Random) => (random.below(TWO_32) + 1) / TWO_32;

/** How many come in a span in which `mean` are expected. Above 60 by the normal law (Box and Muller 1958). */
export function poisson(random: Random, mean: number): number {
  if (mean <= 0) return 0;
  if (mean > 60) {
    const normal = Math.sqrt(-2 * Math.log(open(random))) * Math.cos(2 * Math.PI * open(random));
    return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal));
  }
  const limit = Math.exp(-mean);
  let found = 0;
  for (let product = open(random); product > limit; product *= open(random)) found++;
  return found;
}

/** 1, 2, … with this mean, each further one as likely as the last. */
export function geometric(random: Random, mean: number): number {
  return mean <= 1 ? 1 : 1 + Math.floor(Math.log(open(random)) / Math.log(1 - 1 / mean));
}

export function exponential(random: Random, mean: number): number {
  return -mean * Math.log(open(random));
}

export function between(random: Random, from: number, to: number): number {
  return from + (to - from) * (random.below(TWO_32) / TWO_32);
}
