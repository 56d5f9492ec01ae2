import { createStore, readIncompleteDays, type StoreConnection } from '@tocsin/clickhouse';
import { type Definition, MEASURED, type Measured } from '@tocsin/report';
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

const FIGURES = [
  measureUnauthorisedAccess,
  measurePilot,
  measureInstallations,
  measurePowerFactor,
  measureCredentials,
  measureHighestDays,
  measureStoppableNow,
];

/** Every figure of a report, from the store and nothing else. */
export async function measure(
  connection: StoreConnection,
  asked: Definition,
  options: CalendarOptions,
): Promise<Measured> {
  const store = createStore(connection);
  try {
    const { definition, weeks, lastDay } = await findCalendar(store, asked, options);
    const { name, period } = definition;
    // The store may go on after the period: what can be stopped now is of its last days.
    const last = lastDay !== null && lastDay > period.last ? lastDay : period.last;
    const incomplete = await readIncompleteDays(store, hoursOf({ first: period.first, last }, []));
    const context: Context = { store, definition, incomplete, lastDay };
    const figures = [];
    for (const one of FIGURES) figures.push(await one(context));
    return MEASURED.parse({ form: 1, report: name, timeZone: 'Europe/London', weeks, period, figures });
  } finally {
    await store.close();
  }
}
