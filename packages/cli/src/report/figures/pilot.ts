import { type PilotQuery, readPilotChanges, readPilotHubs, readSilence } from '@tocsin/clickhouse';
import {
  addDays,
  type Cohort,
  countsAlone,
  daysOf,
  type Figure,
  judgeSilence,
  pilot,
  pilotWeights,
} from '@tocsin/report';
import type { Context } from '../context.ts';
import { spanOf } from '../moments.ts';

export async function measurePilot({ store, definition, incomplete, keptFrom }: Context): Promise<Figure> {
  const { codes, manufacturer, model, version, hold, days, improbable } = definition.pilot;
  const until = addDays(hold, -1);
  const queryFrom = (first: string): PilotQuery => ({
    version,
    manufacturer,
    model,
    codes,
    span: spanOf({ first, last: until }),
  });
  const observed = await cohortsOf(queryFrom(definition.period.first));
  const earliest = pilotWeights(observed, days, hold, incomplete);
  if (!earliest) return pilot(definition, null);
  if (keptFrom !== null && earliest.first < keptFrom) return countsAlone(pilot(definition, null), keptFrom);
  // Counted again from the first window's first day: hubs that were installed after it are on neither side.
  const query = queryFrom(earliest.first);
  const weights = pilotWeights(await cohortsOf(query), days, hold, incomplete);
  if (!weights) return pilot(definition, null);
  const counts = await readPilotHubs(store, query);
  const control = counts.find(({ day }) => day === null)?.hubs ?? 0;
  const hubs = weights.cohorts.reduce((sum, cohort) => sum + cohort.hubs, 0);

  const window = daysOf({ first: weights.first, last: weights.last });
  const complete = window.filter((day) => !incomplete.includes(day));
  const quiet = await readSilence(store, query, days, complete, middle(weights.cohorts));
  const halves = {
    squaredDifferences: quiet.reduce((sum, row) => sum + row.squaredDifferences, 0),
    total: quiet.reduce((sum, row) => sum + row.messages * row.hubs, 0),
  };
  const silence = {
    pilot: judgeSilence(quiet, 'pilot', halves, improbable),
    control: judgeSilence(quiet, 'control', halves, improbable),
  };

  const rows = { days: weights.cohorts.map(({ day }) => day), rows: weights.rows };
  const sides = async (without: readonly string[]) => {
    const sums = await readPilotChanges(store, query, rows, without);
    return (side: 'pilot' | 'control', devices: number) => {
      const { sum = 0, squares = 0 } = sums.find((one) => one.side === side) ?? {};
      return { devices, sum, squares };
    };
  };
  const [all, speaking] = [await sides([]), await sides(silence.pilot.devices)];
  return pilot(definition, {
    weights,
    leftOut: window.filter((day) => incomplete.includes(day)),
    changes: {
      pilot: all('pilot', hubs),
      speaking: speaking('pilot', hubs - silence.pilot.devices.length),
      control: all('control', control),
    },
    silence,
  });

  async function cohortsOf(asked: PilotQuery): Promise<Cohort[]> {
    const hubs = await readPilotHubs(store, asked);
    return hubs.flatMap(({ day, hubs }) => (day === null ? [] : [{ day, hubs }]));
  }
}

/** The day on which the middle hub of the pilot was activated. */
function middle(cohorts: readonly Cohort[]): string {
  const half = cohorts.reduce((sum, { hubs }) => sum + hubs, 0) / 2;
  let passed = 0;
  return cohorts.find(({ hubs }) => {
    passed += hubs;
    return passed >= half;
  })!.day;
}
