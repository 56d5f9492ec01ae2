import { describe, expect, it } from 'vitest';
import { compareCohorts, type Kin, type Part, watched, weightsOf } from './cohorts.ts';
import { beforeAndAfter, type Change, estimate, type Powers } from './estimate.ts';

// Expected values come from a program of its own in another language, over the units one by one.

/** Hub, own cohort, and of which cohorts it is a control: after the third, up to the fourth. */
const UNITS = [
  [1, 1, 0, 0],
  [1, 2, 0, 0],
  [2, 1, 0, 0],
  [3, 2, 0, 1],
  [4, 3, 0, 2],
  [5, 0, 0, 3],
  [5, 0, 1, 3],
  [6, 0, 0, 3],
  [7, 0, 0, 2],
  [8, 0, 0, 3],
] as const;
const change = (k: number, cohort: number) =>
  ((k * 5 + cohort * 3) % 7) - 2 - (UNITS[k]![1] === cohort ? 4 + (k % 3) : 0);
const EXPECTED = {
  value: -5.316666666666666,
  se: 1.2384349656001983,
  p: 0.003597168010359491,
  alone: -4,
  aloneSe: 0.9237604307034013,
};

const COHORTS = [1, 2, 3];
const ENOUGH = [false, true, true, true];

/** Each hub is a kin of its own, but for those alike. */
const kins: Kin[] = [];
const hubsOfKin = new Map<string, number[]>();
for (const hub of new Set(UNITS.map(([hub]) => hub))) {
  const parts = UNITS.filter((one) => one[0] === hub)
    .map(([, own, from, to]): Part => ['', own, own, from, from, to])
    .sort();
  const kin = JSON.stringify(parts);
  const known = kins.find((one) => one.kin === kin);
  if (known) known.hubs++;
  else kins.push({ scope: 'device', result: '', kin, parts, hubs: 1, silent: false });
  hubsOfKin.set(kin, [...(hubsOfKin.get(kin) ?? []), hub]);
}

const compared = compareCohorts(kins, ENOUGH, 'main');
const weights = weightsOf(compared.strata.get('')!, compared.activated);
const changes = new Map<string, Change[]>([['', []]]);
for (const cohort of COHORTS)
  changes.get('')![cohort] = UNITS.reduce(
    (sum, [, own, from, to], k) => ({
      activated: sum.activated + (own === cohort ? change(k, cohort) : 0),
      controls: sum.controls + (from < cohort && cohort <= to ? change(k, cohort) : 0),
    }),
    { activated: 0, controls: 0 },
  );

function powers(added: (k: number) => number): Map<string, Powers> {
  return new Map(
    [...hubsOfKin].map(([kin, hubs]) => {
      const sums = hubs.map((hub) => UNITS.reduce((sum, [of], k) => sum + (of === hub ? added(k) : 0), 0));
      return [kin, { m1: sums.reduce((a, b) => a + b), m2: sums.reduce((a, b) => a + b * b, 0) }];
    }),
  );
}
const taken = (k: number) => (UNITS[k]![1] === 0 ? 0 : weights.activated[1]! * change(k, UNITS[k]![1]));
const left = (k: number) =>
  COHORTS.filter((c) => UNITS[k]![2] < c && c <= UNITS[k]![3]).reduce(
    (sum, c) => sum + weights.controls[c]! * change(k, c),
    0,
  );

describe('the estimate', () => {
  it('counts who is compared, and on how many hubs', () => {
    expect(compared).toMatchObject({ activated: 5, controls: 7, hubs: 4, controlHubs: 6, clusters: 8 });
  });

  it('is that of units one by one, with its error by hub', () => {
    const { value, se, p } = estimate(
      compared,
      'main',
      kins,
      changes,
      powers((k) => taken(k) - left(k)),
    );
    expect(value).toBeCloseTo(EXPECTED.value, 12);
    expect(se).toBeCloseTo(EXPECTED.se, 12);
    expect(p).toBeCloseTo(EXPECTED.p, 10);
  });

  it('of the activated alone is their mean change', () => {
    const { value, se } = beforeAndAfter(compared, kins, changes, powers(taken));
    expect(value).toBeCloseTo(EXPECTED.alone, 12);
    expect(se).toBeCloseTo(EXPECTED.aloneSe, 12);
  });

  it('leaves a cohort out of which too few days are known', () => {
    const without = compareCohorts(kins, [false, true, false, true], 'main');
    expect(without).toMatchObject({ activated: 3, hubs: 3 });
    expect(without.strata.get('')!.activated).toEqual([0, 2, 0, 1]);
  });
});

describe('a cohort is watched', () => {
  const days = (missing: readonly number[]) =>
    Array.from({ length: 43 }, (_, day) => (missing.includes(day) ? 0 : 1));
  const upTo = (from: number, count: number) => Array.from({ length: count }, (_, i) => from + i);

  it.each([
    ['with half of the days before', upTo(14, 7), true, true],
    ['not with fewer', upTo(14, 8), false, false],
    ['not with fewer after it', upTo(29, 8), false, true],
    ['without its own day', [28], true, true],
    ['for the placebo by four weeks before', upTo(0, 8), true, false],
  ])('%s', (_, missing, main, placebo) => {
    expect(watched(days(missing), 'main')).toEqual([false, main]);
    expect(watched(days(missing), 'placebo')).toEqual([false, placebo]);
  });
});
