import { laterByDays } from '@tocsin/domain';
import type { RegistryFiles } from './load.ts';

const TIMES = new Set(['from', 'to', 'begins', 'ends']);

/** The same registries, later by whole weeks: what holds from midnight in London does so there too, summer or winter. */
export function shift(files: RegistryFiles, weeks: number): RegistryFiles {
  const move = (value: unknown, key: string): unknown => {
    if (typeof value === 'number')
      return TIMES.has(key) && Number.isFinite(value) ? laterByDays(value, weeks * 7) : value;
    if (Array.isArray(value)) return value.map((one) => move(one, ''));
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, move(one, name)]));
  };
  return move(files, '') as RegistryFiles;
}
