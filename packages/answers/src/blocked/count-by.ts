import type { Told } from './told.ts';

const DIMENSIONS = ['supplier', 'region', 'model', 'reason'] as const;

/** Devices by each value of each dimension, the most first. */
export function countBy(devices: Told['devices']): Told['by'] {
  return DIMENSIONS.flatMap((dimension) => {
    const counts = new Map<string, { devices: number; han: number }>();
    for (const one of devices) {
      const count = counts.get(one[dimension]) ?? { devices: 0, han: 0 };
      count.devices++;
      if (one.han) count.han++;
      counts.set(one[dimension], count);
    }
    return [...counts]
      .map(([value, count]) => ({ dimension, value, ...count }))
      .sort((a, b) => b.devices - a.devices || (a.value < b.value ? -1 : 1));
  });
}
