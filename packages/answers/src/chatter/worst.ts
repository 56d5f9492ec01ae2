import type { Told } from './told.ts';

/** How many devices ISA-18.2 would have looked at first. */
export const WORST = [10, 100, 1000];

/**
 * What the worst devices make of all cycles. @param counts cycles of devices, the most first, of WORST's last at least
 * where there are so many
 */
export function worst(counts: readonly number[], all: number): Told['pairs'][number]['worst'] {
  return WORST.map((devices) => {
    const cycles = counts.slice(0, devices).reduce((sum, count) => sum + count, 0);
    return { devices, cycles, share: all === 0 ? null : cycles / all };
  });
}
