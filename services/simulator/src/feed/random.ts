/** A stream of pseudo-random numbers that is wholly given by its seed. */
export interface Random {
  /** A whole number, 0 to `bound` - 1; `bound` up to 2^32. */
  below(bound: number): number;
  /** True with this probability, 0 to 1. */
  chance(probability: number): boolean;
}

/** Doty-Humphrey's sfc32 (PractRand), its state filled from the seed by splitmix32. */
export function createRandom(seed: number): Random {
  let state = seed | 0;
  const mix = () => {
    state = (state + 0x9e3779b9) | 0;
    return scramble(state);
  };
  let a = mix();
  let b = mix();
  let c = mix();
  let counter = 1;

  function next(): number {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return (sum >>> 0) / 4_294_967_296;
  }
  for (let round = 0; round < 12; round++) next();

  return {
    below: (bound) => Math.floor(next() * bound),
    chance: (probability) => next() < probability,
  };
}

/** A bijection of 32-bit numbers that leaves no pattern (Murmur3's finalizer). */
export function scramble(value: number): number {
  let mixed = value ^ (value >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
