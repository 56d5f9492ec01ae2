import type { Store } from '@tocsin/clickhouse';
import type { SilenceRow } from '@tocsin/report';
import { type Comparison, type Design, type Kin, weightsOf, withoutSilent } from './cohorts.ts';
import type { Change, Powers } from './estimate.ts';
import type { Study } from './study.ts';
import { CHANGES, KINS, POWERS, SILENCE } from './sums.ts';
import { paramsOf } from './treatment.ts';

/** What one design of the estimate rests on, by stratum and cohort, and by kin. */
interface Sums {
  changes: Map<string, Change[]>;
  powers: Map<string, Powers>;
}

/** What was raised of one code by the units of a place, which is a scope and a result; alone: by the activated ones. */
export interface Raised {
  place: string;
  code: string;
  main: Sums;
  /** Without those that fell silent. */
  speaking: Sums;
  placebo: Sums;
  alone: Map<string, Powers>;
  /** Of the activated ones the alerts a day in the window before, by stratum and cohort. */
  before: Map<string, number[]>;
}

/** Stands for all codes together but the treatment's own. */
export const OTHERS = 'others';

export const placeOf = ({ scope, result }: Pick<Kin, 'scope' | 'result'>) => `${scope} ${result}`;

/** Who is compared with whom, by place, and of what kinds their hubs are; speaking: without those that fell silent. */
export interface Compared extends Record<Design | 'speaking', ReadonlyMap<string, Comparison>> {
  kins: ReadonlyMap<string, Kin[]>;
}

const paramsOfStudy = (study: Study, silent: readonly string[]) => ({
  ...paramsOf(study.treatment),
  codes: study.treatment.codes,
  kinds: study.kinds,
  first_day: study.firstDay,
  last_day: study.lastDay,
  regions_out: study.regionsOut,
  dimensions: study.dimensions,
  complete: study.complete,
  silent,
});

/** Who takes part in the study, by what their hubs have of it. @param silent hubs that fell silent */
export async function readKins(store: Store, study: Study, silent: readonly string[]): Promise<Kin[]> {
  const rows = await store.rows<Omit<Kin, 'silent'> & { silent: 0 | 1 }>(KINS, paramsOfStudy(study, silent));
  return rows.map((row) => ({ ...row, silent: row.silent === 1 }));
}

type ChangeRow = { stratum: string; alert_code: string; cohort: number } & Record<
  'activated' | 'activated_speaking' | 'activated_placebo' | 'before' | 'controls' | 'controls_placebo',
  number
>;
type PowerRow = { alert_code: string; kin: string } & Record<
  'm1' | 'm2' | 's1' | 's2' | 'p1' | 'p2' | 't1' | 't2',
  number
>;

/** All that was raised by those who take part, by place and code: `raisedKey`. */
export async function readRaised(
  store: Store,
  study: Study,
  silent: readonly string[],
  { kins: byPlace, ...compared }: Compared,
): Promise<Map<string, Raised>> {
  const kins = [...byPlace.values()].flat();
  const strata = [...compared.main.values()].flatMap((one) => [...one.strata.keys()]);
  const slots = new Map(strata.map((name, i) => [name, i + 1]));
  const weights = (design: keyof typeof compared, side: 'activated' | 'controls') =>
    [...compared[design].values()].flatMap((one) =>
      [...one.strata.values()].flatMap((stratum) => weightsOf(stratum, one.activated)[side].slice(1)),
    );
  const params = {
    ...paramsOfStudy(study, silent),
    strata,
    kins: kins.map(({ kin }) => kin),
    parts_of_kin: kins.map(({ parts }) => parts.length),
    parts: kins.flatMap((kin) => {
      const speaking = withoutSilent([kin])[0]!.parts;
      return kin.parts.map(([stratum, ...cohorts], i) => [
        ...[slots.get(stratum)!, ...cohorts],
        ...[Number(kin.silent), speaking[i]![1]],
      ]);
    }),
  };
  const [changes, powers] = await Promise.all([
    store.rows<ChangeRow>(CHANGES, params),
    store.rows<PowerRow>(POWERS(silent.length > 0), {
      ...params,
      activated_main: weights('main', 'activated'),
      controls_main: weights('main', 'controls'),
      activated_speaking: weights('speaking', 'activated'),
      controls_speaking: weights('speaking', 'controls'),
      activated_placebo: weights('placebo', 'activated'),
      controls_placebo: weights('placebo', 'controls'),
    }),
  ]);
  const placeOfStratum = new Map(
    [...compared.main].flatMap(([place, one]) => [...one.strata.keys()].map((name) => [name, place])),
  );
  const placeOfKin = new Map(kins.map((kin) => [kin.kin, placeOf(kin)]));

  const found = new Map<string, Raised>();
  const at = (place: string, code: string) => {
    const one = found.get(raisedKey(place, code)) ?? unraised(place, code);
    found.set(raisedKey(place, code), one);
    return one;
  };
  for (const row of changes) {
    const place = placeOfStratum.get(row.stratum)!;
    const { activated, controls } = row;
    for (const code of study.treatment.codes.includes(row.alert_code)
      ? [row.alert_code]
      : [row.alert_code, OTHERS]) {
      const { main, speaking, placebo, before } = at(place, code);
      add(main.changes, row, { activated, controls });
      add(speaking.changes, row, { activated: row.activated_speaking, controls });
      add(placebo.changes, row, { activated: row.activated_placebo, controls: row.controls_placebo });
      const list = before.get(row.stratum) ?? [];
      before.set(row.stratum, list);
      list[row.cohort] = (list[row.cohort] ?? 0) + row.before;
    }
  }
  for (const row of powers) {
    const { main, speaking, placebo, alone } = at(placeOfKin.get(row.kin)!, row.alert_code || OTHERS);
    main.powers.set(row.kin, row);
    speaking.powers.set(row.kin, { m1: row.s1, m2: row.s2 });
    placebo.powers.set(row.kin, { m1: row.p1, m2: row.p2 });
    alone.set(row.kin, { m1: row.t1, m2: row.t2 });
  }
  return found;
}

export const raisedKey = (place: string, code: string) => `${place} ${code}`;

/** Of a code that nobody raised. */
export function unraised(place: string, code: string): Raised {
  const sums = () => ({ changes: new Map(), powers: new Map() });
  return {
    place,
    code,
    main: sums(),
    speaking: sums(),
    placebo: sums(),
    alone: new Map(),
    before: new Map(),
  };
}

function add(to: Map<string, Change[]>, { stratum, cohort }: ChangeRow, change: Change): void {
  const list = to.get(stratum) ?? [];
  const { activated = 0, controls = 0 } = list[cohort] ?? {};
  list[cohort] = { activated: activated + change.activated, controls: controls + change.controls };
  to.set(stratum, list);
}

export type HanRow = SilenceRow & { squaredDifferences: number };

/** HANs of activated units, by how they spoke before and for how long they have been silent since. */
export async function readSilence(store: Store, study: Study): Promise<HanRow[]> {
  const rows = await store.rows<Omit<HanRow, 'side'>>(SILENCE, paramsOfStudy(study, []));
  return rows.map((row) => ({ ...row, side: 'pilot' }));
}
