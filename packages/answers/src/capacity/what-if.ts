import { Unknown } from '../question.ts';
import type { Registered, Tightest } from './read.ts';

/** Components with the capacities that are asked for, and the days as they would have been. @throws on one that isn't known */
export function raise(
  raised: ReadonlyMap<string, number>,
  registered: readonly Registered[],
  tightest: readonly Tightest[],
): { registered: Registered[]; tightest: Tightest[] } {
  for (const component of raised.keys())
    if (!registered.some((one) => one.component === component))
      throw new Unknown(
        'raise',
        component,
        `no such component: expected one of ${registered.map((one) => one.component).join(', ') || 'the registry’s, which has none'}`,
      );
  const set = <One extends { component: string; capacity: number }>(one: One): One => ({
    ...one,
    capacity: raised.get(one.component) ?? one.capacity,
  });
  return { registered: registered.map(set), tightest: tightest.map(set) };
}
