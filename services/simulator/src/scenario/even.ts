import { createRandom, type Random } from '../feed/random.ts';

/** Square roots of these are irrational over each other: their multiples fill the unit cube evenly. */
const PRIMES = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89];

/**
 * A sequence of numbers in [0, 1) that fills it more evenly than chance would, so that shares hold among few devices as
 * among many (Kronecker's sequence; Niederreiter 1992, 3). Each `axis` is one property; axes are independent.
 */
export function evenly(axis: number, seed: number): (index: number) => number {
  const step = Math.sqrt(PRIMES[axis % PRIMES.length]!) % 1;
  const offset = createRandom(seed * 31 + axis + 1).below(4_294_967_296) / 4_294_967_296;
  return (index) => (offset + index * step) % 1;
}

/** Index of the part that a number in [0, 1) falls into. */
export function partOf(parts: readonly { readonly share: number }[], at: number): number {
  let sum = 0;
  const last = parts.length - 1;
  for (let i = 0; i < last; i++) {
    sum += parts[i]!.share;
    if (at < sum) return i;
  }
  return last;
}

export function shuffle(list: Uint32Array, random: Random): void {
  for (let i = list.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    const one = list[i]!;
    list[i] = list[j]!;
    list[j] = one;
  }
}
