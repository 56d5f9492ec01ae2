/**
 * What a unit is: its stratum, its own cohort (0: none), the same for the placebo, and of which it is a control: those after
 * `from` (for the placebo `fromPlacebo`) up to `to`.
 */
export type Part = readonly [
  stratum: string,
  cohort: number,
  cohortPlacebo: number,
  from: number,
  fromPlacebo: number,
  to: number,
];

/** Hubs whose units are the same. */
export interface Kin {
  scope: 'device' | 'han';
  /** '' is the whole. */
  result: string;
  kin: string;
  parts: readonly Part[];
  hubs: number;
  /** Whether they fell silent. */
  silent: boolean;
}

/** The same without the activated units of hubs that fell silent. */
export const withoutSilent = (kins: readonly Kin[]): Kin[] =>
  kins.map((kin) =>
    kin.silent
      ? { ...kin, parts: kin.parts.map(([stratum, , , ...controls]): Part => [stratum, 0, 0, ...controls]) }
      : kin,
  );

export type Design = 'main' | 'placebo';

/** Days on which an estimate's two windows begin, counted from 28 days before the activation, 14 days each. */
const BEGIN = { main: [14, 29], placebo: [0, 14] } as const;
const LENGTH = 14;

/** Fewest days of either window for which a cohort is looked at: half of them. */
export const FEWEST_DAYS = 7;

export const ownCohort = (part: Part, design: Design) => part[design === 'main' ? 1 : 2];
export const controlsFrom = (part: Part, design: Design) => part[design === 'main' ? 3 : 4];

/**
 * Which cohorts have days enough in both windows, by cohort from 1 (0 is false).
 * @param complete for each day from 28 days before the first cohort's to 14 after the last one's, 1 where it counts
 */
export function watched(complete: readonly number[], design: Design): boolean[] {
  const days = (first: number) =>
    complete.slice(first, first + LENGTH).reduce((sum, one) => sum + one, 0) >= FEWEST_DAYS;
  return Array.from({ length: Math.max(1, complete.length - 41) }, (_, cohort) =>
    cohort === 0 ? false : BEGIN[design].every((begin) => days(cohort - 1 + begin)),
  );
}

/** Units of each cohort of a stratum, by cohort from 1, 0 where nothing can be compared. */
export interface Stratum {
  activated: number[];
  controls: number[];
}

/** Who is compared with whom in one result. */
export interface Comparison {
  strata: Map<string, Stratum>;
  /** Units compared, and the hubs that they are on. */
  activated: number;
  controls: number;
  hubs: number;
  controlHubs: number;
  /** Hubs of either. */
  clusters: number;
}

/** The cohorts of one scope and result in which activated units have controls on enough days. */
export function compareCohorts(kins: readonly Kin[], enough: readonly boolean[], design: Design): Comparison {
  const strata = new Map<string, Stratum>();
  const none = () => enough.map(() => 0);
  for (const { parts, hubs } of kins)
    for (const part of parts) {
      const stratum = strata.get(part[0]) ?? { activated: none(), controls: none() };
      strata.set(part[0], stratum);
      stratum.activated[ownCohort(part, design)]! += hubs;
      for (let c = controlsFrom(part, design) + 1; c <= part[5]; c++) stratum.controls[c]! += hubs;
    }
  for (const { activated, controls } of strata.values())
    for (const [cohort, is] of enough.entries())
      if (!is || activated[cohort] === 0 || controls[cohort] === 0) activated[cohort] = controls[cohort] = 0;

  const compared = { activated: 0, controls: 0, hubs: 0, controlHubs: 0, clusters: 0 };
  for (const { parts, hubs } of kins) {
    const own = parts.filter((part) => strata.get(part[0])!.activated[ownCohort(part, design)]! > 0).length;
    const others = parts.filter((part) => isControl(part, strata.get(part[0])!, design)).length;
    compared.activated += own * hubs;
    compared.controls += others * hubs;
    if (own > 0) compared.hubs += hubs;
    if (others > 0) compared.controlHubs += hubs;
    if (own + others > 0) compared.clusters += hubs;
  }
  return { strata, ...compared };
}

function isControl(part: Part, { controls }: Stratum, design: Design): boolean {
  for (let c = controlsFrom(part, design) + 1; c <= part[5]; c++) if (controls[c]! > 0) return true;
  return false;
}

/** What the change of a unit weighs in the estimate, by cohort from 1: of an activated one, and of a control. */
export function weightsOf({ activated, controls }: Stratum, all: number) {
  return {
    activated: activated.map((units) => (units > 0 ? 1 / all : 0)),
    controls: activated.map((units, cohort) => (units > 0 ? units / (all * controls[cohort]!) : 0)),
  };
}
