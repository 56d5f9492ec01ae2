import { createStore, readIncompleteDays, readLastDay, type StoreConnection } from '@tocsin/clickhouse';
import { type Definition, MEASURED, type Measured } from '@tocsin/report';
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
export async function measure(connection: StoreConnection, definition: Definition): Promise<Measured> {
  const store = createStore(connection);
  try {
    const period = hoursOf(definition.period, []);
    const context: Context = {
      store,
      definition,
      incomplete: await readIncompleteDays(store, period),
      lastDay: await readLastDay(store, period),
    };
    const figures = [];
    for (const one of FIGURES) figures.push(await one(context));
    const { name, period: days } = definition;
    return MEASURED.parse({ form: 1, report: name, timeZone: 'Europe/London', period: days, figures });
  } finally {
    await store.close();
  }
}
