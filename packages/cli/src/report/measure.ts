import { createStore, readIncompleteDays, readKeptFrom, type StoreConnection } from '@tocsin/clickhouse';
import {
  addDays,
  type Days,
  type Definition,
  type Figure,
  MEASURED,
  type Measured,
  outOfReach,
} from '@tocsin/report';
import { type CalendarOptions, findCalendar } from './calendar.ts';
import type { Context } from './context.ts';
import { measureCredentials } from './figures/credentials.ts';
import { measureHighestDays } from './figures/highest-days.ts';
import { measureInstallations } from './figures/installations.ts';
import { measurePilot } from './figures/pilot.ts';
import { measurePowerFactor } from './figures/power-factor.ts';
import { measureStoppableNow } from './figures/stoppable-now.ts';
import { measureUnauthorisedAccess } from './figures/unauthorised-access.ts';
import { hoursOf } from './moments.ts';

interface Asked {
  measure: (context: Context) => Promise<Figure>;
  /** Days without which it says nothing, where they are known beforehand. */
  needs: (definition: Definition) => Partial<Days>;
}

const FIGURES: readonly Asked[] = [
  { measure: measureUnauthorisedAccess, needs: () => ({}) },
  { measure: measurePilot, needs: ({ pilot }) => ({ last: addDays(pilot.hold, -1) }) },
  {
    measure: measureInstallations,
    needs: ({ installations: { before, after } }) => ({ first: before.first, last: after.last }),
  },
  { measure: measurePowerFactor, needs: ({ powerFactor }) => powerFactor.window },
  { measure: measureCredentials, needs: ({ credentials }) => credentials.window },
  { measure: measureHighestDays, needs: () => ({}) },
  { measure: measureStoppableNow, needs: () => ({}) },
];

/** Every figure of a report, from the store and nothing else. */
export async function measure(
  connection: StoreConnection,
  asked: Definition,
  options: CalendarOptions,
): Promise<Measured> {
  const store = createStore(connection);
  try {
    const { definition, weeks, firstDay, lastDay } = await findCalendar(store, asked, options);
    const { name, period } = definition;
    // The store may go on after the period: what can be stopped now is of its last days.
    const last = lastDay !== null && lastDay > period.last ? lastDay : period.last;
    const incomplete = await readIncompleteDays(store, hoursOf({ first: period.first, last }, []));
    const keptFrom = await readKeptFrom(store);
    const context: Context = { store, definition, incomplete, firstDay, lastDay, keptFrom };
    const figures = [];
    for (const one of FIGURES) {
      const figure = await one.measure(context);
      const { first, last } = one.needs(definition);
      const has =
        (first === undefined || (firstDay !== null && firstDay <= first)) &&
        (last === undefined || (lastDay !== null && lastDay >= last));
      figures.push(has ? figure : outOfReach(figure, firstDay, lastDay));
    }
    return MEASURED.parse({ form: 1, report: name, timeZone: 'Europe/London', weeks, period, figures });
  } finally {
    await store.close();
  }
}
