import { wilson } from '@tocsin/report';
import type { Told } from './told.ts';

const DIMENSIONS = ['region', 'model', 'meter', 'supplier'] as const;
const COUNTED = ['stable', 'unstable', 'unknown', 'blocked', 'reported', 'silent', 'rejoining'] as const;

type Counts = Record<(typeof COUNTED)[number], number>;

/** HANs that are alike in every dimension. */
export type Hans = Counts & Record<(typeof DIMENSIONS)[number], string>;

const NOT_MEASURED = [
  'service requests to meters: neither their success nor how long they took',
  'tariff updates: whether they were in force on their day',
];

/** All of them, and by each value of each dimension, the most unstable first. */
export function countHans(hans: readonly Hans[]): Told {
  return {
    all: count(hans),
    by: DIMENSIONS.flatMap((dimension) =>
      [...new Set(hans.map((one) => one[dimension]))]
        .map((value) => ({ dimension, value, ...count(hans.filter((one) => one[dimension] === value)) }))
        .sort((a, b) => b.unstable - a.unstable || (a.value < b.value ? -1 : 1)),
    ),
    notMeasured: NOT_MEASURED,
  };
}

function count(hans: readonly Hans[]): Told['all'] {
  const counts = Object.fromEntries(
    COUNTED.map((name) => [name, hans.reduce((sum, one) => sum + one[name], 0)]),
  ) as Counts;
  return { ...counts, share: wilson(counts.unstable, counts.stable + counts.unstable) };
}
