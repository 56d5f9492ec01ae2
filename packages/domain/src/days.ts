/** A calendar day in Europe/London, `YYYY-MM-DD`. */
export type Day = string;

/** Days from `first` to `last`, both included. */
export interface Days {
  first: Day;
  last: Day;
}

const DAY_MS = 86_400_000;
const noon = (day: Day) => Date.parse(`${day}T12:00:00Z`);
const CLOCK = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/London',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

/** The day in London at a moment, ms since the epoch. */
export const dayOf = (at: number): Day => CLOCK.format(at);

/**
 * The day so many days later, or earlier where negative.
 * @throws RangeError where `day` is none
 */
export const addDays = (day: Day, days: number): Day =>
  new Date(noon(day) + days * DAY_MS).toISOString().slice(0, 10);

/** Days from `one` to `other`, negative where it comes first. */
export const daysBetween = (one: Day, other: Day): number => Math.round((noon(other) - noon(one)) / DAY_MS);

/** Each of the days in order; none where `last` comes before `first`. */
export function daysOf({ first, last }: Days): Day[] {
  return Array.from({ length: Math.max(0, daysBetween(first, last) + 1) }, (_, i) => addDays(first, i));
}

/** The moment at which a day begins in London, ms since the epoch: midnight UTC, or in summer an hour earlier. */
export function startOf(day: Day): number {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  return dayOf(midnight - 3_600_000) === day ? midnight - 3_600_000 : midnight;
}

const HOUR_MS = 3_600_000;
const HOUR = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  hour: '2-digit',
  hourCycle: 'h23',
});
const offsetAt = (at: number) => (Number(HOUR.format(at)) === new Date(at).getUTCHours() ? 0 : HOUR_MS);

/**
 * The moment, ms since the epoch, at which London's clocks show the same so many days later. Of an hour that comes twice
 * it is the first; what would fall into one that is skipped is an hour later.
 */
export function laterByDays(at: number, days: number): number {
  const wall = at + offsetAt(at) + days * DAY_MS;
  return wall - offsetAt(wall - HOUR_MS);
}

/** `2020-02-01 to 2020-03-20`. */
export const showDays = ({ first, last }: Days): string => (first === last ? first : `${first} to ${last}`);
