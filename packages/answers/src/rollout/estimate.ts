import { type Estimate, studentProbability, studentQuantile } from '@tocsin/report';
import { type Comparison, controlsFrom, type Design, type Kin, ownCohort, weightsOf } from './cohorts.ts';

/** Sums over a cohort's units of their changes in alerts a day. */
export interface Change {
  activated: number;
  controls: number;
}

/** Sums over the hubs of a kin of what they add to the estimate, and of its square; hubs that raise nothing add 0. */
export interface Powers {
  m1: number;
  m2: number;
}

export interface Estimated extends Estimate {
  se: number;
  p: number;
}

/**
 * The mean over cohorts, each weighing as many as its activated units, of their mean change less that of their controls
 * (Callaway and Sant'Anna 2021, controls not yet treated, with the mean of the window before as the base). It is linear
 * in units: an activated one adds (Y − C − τ)/N, Y being its change, C its controls' mean change, τ the estimate, N all
 * activated ones; a control adds −Σ q(Y − C) over its cohorts, q being its weight there. These influences, cohorts' shares
 * being estimated too, are summed by hub, on which units are alike and in whose several cohorts a control recurs; their
 * squares are the variance, times G/(G − 1) for G hubs, and the interval is Student's with G − 1 degrees (Liang and Zeger
 * 1986; Cameron, Gelbach and Miller 2008). It is what a regression in two stages gives (Gardner 2022).
 *
 * Of few hubs with very unequal rates the interval is too narrow just where those that raise most are not among them, which
 * looks even, so that no measure of evenness tells it; only the number of hubs does.
 *
 * @param changes by stratum and cohort from 1, missing where all are 0
 * @param powers by kin, missing where all hubs add 0
 */
export function estimate(
  compared: Comparison,
  design: Design,
  kins: readonly Kin[],
  changes: ReadonlyMap<string, readonly (Change | undefined)[]>,
  powers: ReadonlyMap<string, Powers>,
): Estimated {
  const all = compared.activated;
  let value = 0;
  const means = new Map<string, number[]>();
  const sums = new Map<string, number[]>();
  for (const [name, stratum] of compared.strata) {
    const weights = weightsOf(stratum, all);
    const mean = stratum.controls.map((units, c) =>
      units === 0 ? 0 : (changes.get(name)?.[c]?.controls ?? 0) / units,
    );
    let running = 0;
    means.set(name, mean);
    sums.set(
      name,
      mean.map((one, c) => {
        running += weights.controls[c]! * one;
        return running;
      }),
    );
    for (const [c, units] of stratum.activated.entries())
      if (units > 0) value += ((changes.get(name)?.[c]?.activated ?? 0) - units * mean[c]!) / all;
  }
  const added = (kin: Kin) =>
    kin.parts.reduce((sum, part) => {
      const [stratum, , , , , to] = part;
      const own = ownCohort(part, design);
      const taken = compared.strata.get(stratum)!.activated[own]! > 0;
      const prefix = sums.get(stratum)!;
      return (
        sum -
        (taken ? (means.get(stratum)![own]! + value) / all : 0) +
        prefix[to]! -
        prefix[Math.min(to, controlsFrom(part, design))]!
      );
    }, 0);
  return inferred(value, compared.clusters, kins, powers, added);
}

/** The change of the activated units alone, with the same clusters: what stands in for no control at all. */
export function beforeAndAfter(
  compared: Comparison,
  kins: readonly Kin[],
  changes: ReadonlyMap<string, readonly (Change | undefined)[]>,
  powers: ReadonlyMap<string, Powers>,
): Estimated {
  let value = 0;
  for (const [name, { activated }] of compared.strata)
    for (const [c, units] of activated.entries())
      if (units > 0) value += (changes.get(name)?.[c]?.activated ?? 0) / compared.activated;
  const taken = (kin: Kin) =>
    kin.parts.filter((part) => compared.strata.get(part[0])!.activated[part[1]]! > 0).length;
  return inferred(value, compared.hubs, kins, powers, (kin) => (-taken(kin) * value) / compared.activated);
}

function inferred(
  value: number,
  clusters: number,
  kins: readonly Kin[],
  powers: ReadonlyMap<string, Powers>,
  added: (kin: Kin) => number,
): Estimated {
  let squares = 0;
  for (const kin of kins) {
    const k = added(kin);
    const { m1, m2 } = powers.get(kin.kin) ?? { m1: 0, m2: 0 };
    squares += m2 + 2 * k * m1 + kin.hubs * k ** 2;
  }
  const se = Math.sqrt((Math.max(0, squares) * clusters) / (clusters - 1));
  const half = studentQuantile(clusters - 1) * se;
  return {
    value,
    low: value - half,
    high: value + half,
    se,
    p: se === 0 ? (value === 0 ? 1 : 0) : studentProbability(value / se, clusters - 1),
  };
}
