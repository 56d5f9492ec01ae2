import { addDays, type Day, daysBetween, startOf } from '@tocsin/domain';

export const HOUR_MS = 3_600_000;

/** Hours of a span of London days, numbered from 0: the unit in which a scenario is drawn. */
export interface Calendar {
  readonly first: Day;
  readonly days: number;
  /** Beginning of hour 0, ms since the epoch. */
  readonly begin: number;
  readonly hours: number;
  /** Of each hour: its hour of the day, its weekday (Monday 0) and its day, as London's clocks have it. */
  readonly hourOfDay: Uint8Array;
  readonly weekday: Uint8Array;
  readonly dayOf: Uint16Array;
  /** First hour of each day; one more than there are days. */
  readonly firstHour: Uint32Array;
}

/** Both days are included. London's offset is whole hours, so that every day is. */
export function createCalendar(first: Day, last: Day): Calendar {
  const days = daysBetween(first, last) + 1;
  const begin = startOf(first);
  const hours = (startOf(addDays(last, 1)) - begin) / HOUR_MS;
  const calendar = {
    first,
    days,
    begin,
    hours,
    hourOfDay: new Uint8Array(hours),
    weekday: new Uint8Array(hours),
    dayOf: new Uint16Array(hours),
    firstHour: new Uint32Array(days + 1).fill(hours),
  };
  const weekdayOfFirst = (new Date(`${first}T12:00:00Z`).getUTCDay() + 6) % 7;
  for (let day = 0, hour = 0; day < days; day++) {
    const midnight = (startOf(addDays(first, day)) - begin) / HOUR_MS;
    const next = (startOf(addDays(first, day + 1)) - begin) / HOUR_MS;
    calendar.firstHour[day] = midnight;
    for (; hour < next; hour++) {
      calendar.dayOf[hour] = day;
      calendar.weekday[hour] = (weekdayOfFirst + day) % 7;
      calendar.hourOfDay[hour] = clockHour(hour - midnight, next - midnight);
    }
  }
  return calendar;
}

/** On a day of 23 hours the hour from 1 to 2 is missing, on one of 25 it comes twice. */
function clockHour(passed: number, length: number): number {
  return passed < 1 ? passed : passed === 1 && length === 25 ? 1 : passed - (length - 24);
}

/** `2020-05-06T16:00` in London, ms since the epoch. */
export function londonHour(text: string): number {
  const day = text.slice(0, 10);
  const hour = Number(text.slice(11, 13));
  const [midnight, next] = [startOf(day), startOf(addDays(day, 1))];
  const length = (next - midnight) / HOUR_MS;
  return midnight + (hour + (hour >= 2 ? length - 24 : 0)) * HOUR_MS;
}
