import type { Day } from '@tocsin/domain';
import type { Figure } from '../form.ts';

/** A figure as it is told where the store, which has `first` to `last`, has not all of its days. */
export function outOfReach({ table, ...figure }: Figure, first: Day | null, last: Day | null): Figure {
  const absent = last === null ? 'the store is empty' : `the store has ${first} to ${last} only`;
  return {
    ...figure,
    measures: figure.measures.map(({ id, label, unit, kind }) => ({
      id,
      label,
      unit,
      kind,
      value: null,
      absent,
      outside: true,
    })),
    notes: [],
  };
}
