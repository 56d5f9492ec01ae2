/** Random numbers of a seed: the same ones each time. */
export interface Draw {
  /** In [0, 1). */
  uniform(): number;
  normal(): number;
  /** With the mean `shape`. */
  gamma(shape: number): number;
  poisson(mean: number): number;
  /** Negative binomial: a Poisson whose mean varies by a gamma of this `size`; its variance is mean + mean² / size. */
  overdispersed(mean: number, size: number): number;
  chance(probability: number): boolean;
  /** A whole number in [0, below). */
  below(below: number): number;
}

/** Mulberry32 (Ettinger 2017), whose first numbers differ even of neighbouring seeds; `stream` keeps worlds apart. */
export function drawOf(seed: number, stream: string): Draw {
  let state =
    [...stream].reduce((hash, one) => Math.imul(hash ^ one.charCodeAt(0), 0x01000193), seed * 0x9e3779b1) | 0;
  const uniform = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  // Marsaglia and Tsang (2000).
  const gamma = (shape: number): number => {
    if (shape < 1) return gamma(shape + 1) * (1 - uniform()) ** (1 / shape);
    const d = shape - 1 / 3;
    for (;;) {
      const x = normal();
      const v = (1 + x / Math.sqrt(9 * d)) ** 3;
      if (v > 0 && Math.log(1 - uniform()) < x ** 2 / 2 + d - d * v + d * Math.log(v)) return d * v;
    }
  };
  // Knuth's (1969), by parts of at most 30, whose exponential is well above 0.
  const poisson = (mean: number): number => {
    if (mean > 30) return poisson(30) + poisson(mean - 30);
    let count = 0;
    for (let left = uniform(); left > Math.exp(-mean); left *= uniform()) count++;
    return count;
  };
  return {
    uniform,
    normal,
    gamma,
    poisson,
    overdispersed: (mean, size) => (mean === 0 ? 0 : poisson((mean * gamma(size)) / size)),
    chance: (probability) => uniform() < probability,
    below: (below) => Math.floor(uniform() * below),
  };
}
