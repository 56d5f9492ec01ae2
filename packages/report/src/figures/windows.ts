import { addDays, type Day, type Days, daysOf, showDays } from '@tocsin/domain';

/** Two windows of the same weekdays, and what they come to once incomplete days are left out. */
export interface Windows {
  before: Days;
  after: Days;
  /** Days left out of either: an incomplete day, and its weekday's day on the other side. */
  leftOut: Day[];
  /** Days that remain on each side. */
  days: number;
}

/**
 * `length` days before `first` and after `last`, these two left out themselves. Where a day is incomplete, the day
 * as far into the other window goes as well, so that both have the same length and, for whole weeks, nearly the same
 * shape.
 */
export function windowsAround(first: Day, last: Day, length: number, incomplete: readonly Day[]): Windows {
  const before = { first: addDays(first, -length), last: addDays(first, -1) };
  const after = { first: addDays(last, 1), last: addDays(last, length) };
  const [was, is] = [daysOf(before), daysOf(after)];
  const weekday = (day: Day) => new Date(`${day}T12:00:00Z`).getUTCDay();
  const out = new Set(
    [...was, ...is]
      .filter((day) => incomplete.includes(day))
      .flatMap((day) => {
        const other = was.includes(day) ? is : was;
        return [day, other.find((one) => weekday(one) === weekday(day)) ?? day];
      }),
  );
  const leftOut = [...out].sort();
  return { before, after, leftOut, days: was.filter((day) => !out.has(day)).length };
}

/** ` (left out: …)` where days were left out of these. */
export function showLeftOut(days: readonly Day[]): string {
  return days.length === 0 ? '' : ` (left out for gaps of the feed: ${days.join(', ')})`;
}

export function showWindow(days: Days, incomplete: readonly Day[]): string {
  return `${showDays(days)}${showLeftOut(incomplete.filter((day) => day >= days.first && day <= days.last))}`;
}
