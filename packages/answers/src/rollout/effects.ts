import { type Estimate, FEWEST_DEVICES, holm } from '@tocsin/report';
import {
  type Comparison,
  compareCohorts,
  type Design,
  FEWEST_DAYS,
  type Kin,
  watched,
  withoutSilent,
} from './cohorts.ts';
import { beforeAndAfter, estimate } from './estimate.ts';
import { type Compared, placeOf, type Raised } from './raised.ts';
import type { Effect } from './told.ts';

/** Fewest controls, and of HANs fewest activated ones as well, whose totals a party may see. */
const FEWEST_FOR_A_PARTY = 50;

export function compareAll(all: readonly Kin[], complete: readonly number[]): Compared {
  const kins = new Map<string, Kin[]>();
  for (const kin of all) kins.set(placeOf(kin), [...(kins.get(placeOf(kin)) ?? []), kin]);
  const compare = (design: Design, of: (kins: readonly Kin[]) => readonly Kin[] = (kins) => kins) => {
    const enough = watched(complete, design);
    return new Map([...kins].map(([place, one]) => [place, compareCohorts(of(one), enough, design)]));
  };
  return {
    ...{ kins, main: compare('main'), placebo: compare('placebo') },
    speaking: compare('main', withoutSilent),
  };
}

const scopeOf = ({ place }: Raised): Effect['scope'] => (place.startsWith('han') ? 'han' : 'device');

function tooFew(compared: Comparison, scope: Effect['scope'], isParty: boolean): string | null {
  const units = scope === 'device' ? 'devices' : 'HANs';
  const { activated, controls, hubs, controlHubs } = compared;
  if (activated === 0)
    return `no activation has controls, and ${FEWEST_DAYS} complete days or more before and after it`;
  const short = (
    [
      [activated, `activated ${units} can be compared`, FEWEST_DEVICES],
      [controls, `control ${units} are there`, FEWEST_DEVICES],
      [hubs, 'hubs have activated devices', FEWEST_DEVICES],
      [controlHubs, 'hubs have control devices', FEWEST_DEVICES],
      [controls, `control ${units} are there, which are others' too`, isParty ? FEWEST_FOR_A_PARTY : 0],
      [
        activated,
        'activated HANs can be compared, which are others’ too',
        isParty && scope === 'han' ? FEWEST_FOR_A_PARTY : 0,
      ],
    ] as const
  ).find(([count, , fewest]) => count < fewest);
  return short === undefined ? null : `only ${short[0]} ${short[1]}: ${short[2]} are needed`;
}

/** What an effect is told from, besides what was raised. */
export interface Frame {
  compared: Compared;
  /** Whether any device fell silent. */
  anySilent: boolean;
  /** All activated devices for each of those that are compared. */
  perCompared: number;
  isParty: boolean;
}

/** How far two estimates may be apart, as a share of the first, before a reader is warned. */
const APART = 0.2;

export function effectOf(raised: Raised, { compared, anySilent, perCompared, isParty }: Frame): Effect {
  const { place, code } = raised;
  const scope = scopeOf(raised);
  const of = compared.main.get(place);
  const { activated, hubs, controls, controlHubs } = of ?? NOBODY;
  const refused = of === undefined ? 'no device of this kind takes part' : tooFew(of, scope, isParty);
  const base = { code, scope, activated, hubs, controls, controlHubs, pAdjusted: null, refused };
  if (of === undefined || refused !== null) return { ...NO_FIGURES, ...base };

  const kins = compared.kins.get(place)!;
  const main = estimate(of, 'main', kins, raised.main.changes, raised.main.powers);
  const early = compared.placebo.get(place)!;
  const spoke = compared.speaking.get(place)!;
  const quiet =
    anySilent && tooFew(spoke, scope, isParty) === null
      ? estimate(spoke, 'main', withoutSilent(kins), raised.speaking.changes, raised.speaking.powers)
      : null;
  const scale = activated * perCompared;
  return {
    ...base,
    estimate: round(main.value),
    low: round(main.low),
    high: round(main.high),
    before: round(levelBefore(of, raised)),
    se: round(main.se),
    p: round(main.p),
    avoidedPerDay: {
      value: round(-main.value * scale, 6),
      low: round(-main.high * scale, 6),
      high: round(-main.low * scale, 6),
    },
    beforeAfter: interval(beforeAndAfter(of, kins, raised.main.changes, raised.alone)),
    placebo:
      tooFew(early, scope, isParty) === null
        ? interval(estimate(early, 'placebo', kins, raised.placebo.changes, raised.placebo.powers))
        : null,
    withoutSilent: quiet ? interval(quiet) : null,
    warning: quiet ? warn(main, quiet) : null,
  };
}

const NOBODY = { activated: 0, controls: 0, hubs: 0, controlHubs: 0 };
/** Alerts a day and activated unit. */
function levelBefore({ strata, activated }: Comparison, { before }: Raised): number {
  let sum = 0;
  for (const [name, stratum] of strata)
    for (const [cohort, units] of stratum.activated.entries())
      if (units > 0) sum += before.get(name)?.[cohort] ?? 0;
  return sum / activated;
}

const NO_FIGURES = {
  estimate: null,
  low: null,
  high: null,
  before: null,
  se: null,
  p: null,
  avoidedPerDay: null,
  beforeAfter: null,
  placebo: null,
  withoutSilent: null,
  warning: null,
};

/** The order in which a store adds up is another each time, and is not to be seen in what is told. */
const round = (value: number, digits = 12) => Number(value.toFixed(digits)) || 0;

const interval = ({ value, low, high }: Estimate): Estimate => ({
  value: round(value),
  low: round(low),
  high: round(high),
});

function warn(all: Estimate, speaking: Estimate): string | null {
  const disjoint = speaking.low > all.high || speaking.high < all.low;
  if (!disjoint && Math.abs(speaking.value - all.value) <= APART * Math.abs(all.value)) return null;
  return 'devices that fell silent make much of this: without them it is another figure';
}

/** Side effects, the surest first: each with its probability among so many tests. */
export function correctForMany(effects: readonly Effect[]): Effect[] {
  const tested = effects.filter((one) => one.p !== null);
  const adjusted = holm(tested.map((one) => one.p!));
  return [
    ...tested
      .map((one, i) => ({ ...one, pAdjusted: adjusted[i]! }))
      .sort((a, b) => a.pAdjusted - b.pAdjusted || a.p! - b.p! || byName(a, b)),
    ...effects.filter((one) => one.p === null).sort(byName),
  ];
}

const byName = (a: Effect, b: Effect) => (`${a.code} ${a.scope}` < `${b.code} ${b.scope}` ? -1 : 1);
