import { addDays, type Day, daysOf } from '@tocsin/domain';

/** Hubs of the pilot by the day of their activation. */
export interface Cohort {
  day: Day;
  hubs: number;
}

/**
 * For each day of the pilot the weight with which a hub's alerts of that day count in its change, `before − after`, in
 * billionths, so that sums are whole and the same in any order. Row 0 is for the control: the mean of the cohorts' rows,
 * each as often as it has hubs, so that the control is looked at over the same days. Row i is that of the i-th cohort:
 * 1/length on each day of its window before, −1/length on each after. Incomplete days have weight 0.
 */
export interface PilotWeights {
  first: Day;
  last: Day;
  cohorts: Cohort[];
  rows: number[][];
}

const BILLION = 1e9;

/** Null where no cohort has a day on both sides. `hold` is the first day that no longer counts. */
export function pilotWeights(
  cohorts: readonly Cohort[],
  days: number,
  hold: Day,
  incomplete: readonly Day[],
): PilotWeights | null {
  const windowed = cohorts
    .map((cohort) => ({
      ...cohort,
      before: complete(addDays(cohort.day, -days), addDays(cohort.day, -1), incomplete),
      after: complete(addDays(cohort.day, 1), addDays(hold, -1), incomplete),
    }))
    .filter(({ before, after }) => before.length > 0 && after.length > 0)
    .sort((a, b) => (a.day < b.day ? -1 : 1));
  if (windowed.length === 0) return null;
  const first = addDays(windowed[0]!.day, -days);
  const last = addDays(hold, -1);
  const all = daysOf({ first, last });
  const exact = windowed.map(({ before, after }) =>
    all.map((day) =>
      before.includes(day) ? 1 / before.length : after.includes(day) ? -1 / after.length : 0,
    ),
  );
  const hubs = windowed.reduce((sum, cohort) => sum + cohort.hubs, 0);
  const mixed = all.map((_, i) =>
    exact.reduce((sum, row, cohort) => sum + (row[i]! * windowed[cohort]!.hubs) / hubs, 0),
  );
  return {
    first,
    last,
    cohorts: windowed.map(({ day, hubs }) => ({ day, hubs })),
    rows: [mixed, ...exact].map((row) => row.map((weight) => Math.round(weight * BILLION))),
  };
}

function complete(first: Day, last: Day, incomplete: readonly Day[]): Day[] {
  return daysOf({ first, last }).filter((day) => !incomplete.includes(day));
}
