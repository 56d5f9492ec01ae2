import { useSearchParams } from 'wouter';
import type { Asked, Told } from '../../ask/questions.ts';
import type { Period } from '../../time/period.ts';

export type Dimension = Told['volume']['by'][number];
type Grain = Told['volume']['grain'];
export type Measure = Told['volume']['measures'][number];

/** As the address names a filter: `responsible-party` is `responsibleParty`. */
export const filterOf = (dimension: Dimension): string =>
  dimension.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

/** In the order in which one looks further into them. */
export const DIMENSIONS: Readonly<Record<Dimension, string>> = {
  code: 'Code',
  model: 'Model',
  firmware: 'Firmware',
  'responsible-party': 'Responsible party',
  region: 'Region',
  supplier: 'Supplier',
  'network-operator': 'Network operator',
  suppression: 'Can it be switched off',
  reason: 'Why it can or can’t',
  remedy: 'What firmware can do',
  'acting-party': 'Who brings firmware on',
  manufacturer: 'Manufacturer',
  kind: 'Kind of device',
  'gas-supplier': 'Gas supplier',
};
const NAMES = Object.keys(DIMENSIONS) as Dimension[];

export interface Query {
  /** One, or as the address may have it several. */
  readonly by: readonly Dimension[];
  readonly measure: Measure;
  readonly grain: Grain;
  readonly filters: readonly { readonly dimension: Dimension; readonly value: string }[];
}

/** What the address asks, and how to ask otherwise: the address holds it all. */
export function useQueryInAddress() {
  const [search, setSearch] = useSearchParams();
  const query: Query = {
    by: (search.get('by') || 'code').split(',') as Dimension[],
    measure: (search.get('measures') || 'alerts') as Measure,
    grain: (search.get('grain') || 'day') as Grain,
    filters: NAMES.flatMap((dimension) => {
      const value = search.get(filterOf(dimension));
      return value === null ? [] : [{ dimension, value }];
    }),
  };
  const change = (fields: Readonly<Record<string, string | null>>) =>
    setSearch((before) => {
      const after = new URLSearchParams(before);
      for (const [field, value] of Object.entries(fields)) {
        if (value === null) after.delete(field);
        else after.set(field, value);
      }
      return after;
    });
  /** Looks into a value of each dimension: by the next one that is not fixed. */
  const drill = (values: readonly string[]) => {
    const fixed = [...query.by, ...query.filters.map(({ dimension }) => dimension)];
    const next = NAMES.find((name) => !fixed.includes(name)) ?? query.by[0]!;
    const filters = query.by.map((dimension, i) => [filterOf(dimension), values[i] ?? '']);
    change({ ...Object.fromEntries(filters), by: next });
  };
  return { query, change, drill };
}

/** Of a query as the API takes it. */
export const askedOf = ({ by, measure, grain, filters }: Query, period: Period): Asked['volume'] => ({
  ...period,
  by: by.join(','),
  measures: measure,
  grain,
  limit: '10000',
  ...Object.fromEntries(filters.map(({ dimension, value }) => [filterOf(dimension), value])),
});

/** `code, model`: what is asked by, as the page says it. */
export const namesOf = (by: readonly Dimension[]): string =>
  by.map((dimension) => DIMENSIONS[dimension] ?? dimension).join(', ');
