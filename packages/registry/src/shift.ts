import type { RegistryFiles } from './load.ts';

const WEEK_MS = 7 * 86_400_000;
const TIMES = new Set(['from', 'to', 'begins', 'ends']);

/** The same registries with all times later by whole weeks. */
export function shift(files: RegistryFiles, weeks: number): RegistryFiles {
  const move = (value: unknown, key: string): unknown => {
    if (typeof value === 'number' && TIMES.has(key)) return value + weeks * WEEK_MS;
    if (Array.isArray(value)) return value.map((one) => move(one, ''));
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, move(one, name)]));
  };
  return move(files, '') as RegistryFiles;
}
