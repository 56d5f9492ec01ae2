import { readDaySpan, type Store } from '@tocsin/clickhouse';
import { type Day, type Definition, daysBetween, shiftWeeks } from '@tocsin/report';
import { UsageError } from '../errors.ts';

export interface CalendarOptions {
  /** First and last day of the period, as they are in the store. */
  from?: Day;
  to?: Day;
  /** As many as the store says, unless given. */
  shiftWeeks?: number;
}

/** A definition as its days are in a store. */
export interface Calendar {
  definition: Definition;
  weeks: number;
  /** The last day, within the period that was asked for, of which the store has the last hour; null: it is empty. */
  lastDay: Day | null;
  /** The day on which the store begins. */
  firstDay: Day | null;
}

/** Finds the calendar of a store. Throws UsageError where the period ends before it begins. */
export async function findCalendar(
  store: Store,
  asked: Definition,
  { from, to, shiftWeeks: given }: CalendarOptions,
): Promise<Calendar> {
  const span = await readDaySpan(store, to);
  const weeks = given ?? weeksLater(asked, span.first);
  const definition = shiftWeeks(asked, weeks);
  const period = { first: from ?? definition.period.first, last: to ?? definition.period.last };
  if (period.first > period.last)
    throw new UsageError(`the period begins on ${period.first}, after its end on ${period.last}`);
  return { definition: { ...definition, period }, weeks, lastDay: span.last, firstDay: span.first };
}

/** A store that begins after the whole period holds a scenario that was moved, by whole weeks, to begin there. */
function weeksLater({ period }: Definition, first: Day | null): number {
  return first !== null && first > period.last ? Math.floor(daysBetween(period.first, first) / 7) : 0;
}
