import type { Day } from '@tocsin/domain';
import type { Figure } from '../form.ts';

/** A figure as it is told where the store, which has `first` to `last`, has not all of its days. */
export function outOfReach(figure: Figure, first: Day | null, last: Day | null): Figure {
  return withheld(figure, last === null ? 'the store is empty' : `the store has ${first} to ${last} only`);
}

/** A figure of single devices as it is told where the alerts of some of its days are there as counts alone. */
export function countsAlone(figure: Figure, keptFrom: Day): Figure {
  return withheld(figure, singlesFrom(keptFrom));
}

/** Why something that takes alerts one by one can't be told. */
export const singlesFrom = (keptFrom: Day): string =>
  `alerts are kept one by one from ${keptFrom} on, before it as counts alone`;

function withheld({ table, ...figure }: Figure, absent: string): Figure {
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
