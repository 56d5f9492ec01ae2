import { describe, expect, it } from 'vitest';
import { createRandom, scramble } from './random.ts';

describe('createRandom', () => {
  it('repeats itself for a seed and differs for the next', () => {
    const draw = (seed: number) => {
      const random = createRandom(seed);
      return Array.from({ length: 20 }, () => random.below(1_000_000));
    };
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
  });

  it('spreads evenly: chi-squared over 100 cells stays below its 0.1% bound', () => {
    const random = createRandom(42);
    const cells = new Array<number>(100).fill(0);
    for (let i = 0; i < 100_000; i++) cells[random.below(100)]! += 1;
    const chiSquared = cells.reduce((sum, n) => sum + (n - 1000) ** 2 / 1000, 0);
    expect(chiSquared).toBeLessThan(149);
  });
});

describe('scramble', () => {
  it('gives different numbers different images', () => {
    const images = new Set(Array.from({ length: 100_000 }, (_, i) => scramble(i)));
    expect(images.size).toBe(100_000);
  });
});
