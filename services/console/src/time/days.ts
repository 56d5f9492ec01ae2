import { addDays } from './london.ts';

const EXPECTED = 'expected a day in London such as 2020-07-07, of 2000 to 2099';

/** A day that is in the calendar, of those that the API takes. */
export function isDay(text: string): boolean {
  if (!/^20\d\d-\d\d-\d\d$/.test(text)) return false;
  const at = Date.parse(text);
  // 31 February is read as 2 March by some, as nothing by others.
  return !Number.isNaN(at) && addDays(text, 0) === text;
}

/** What is wrong with a period, in words; null: nothing is. What isn't given can't be wrong. */
export function faultOf(from: string | null, to: string | null): string | null {
  for (const [field, day] of Object.entries({ from, to }))
    if (day !== null && !isDay(day)) return `${field} is “${day}”: ${EXPECTED}.`;
  if (from !== null && to !== null && from >= to)
    return `It begins on ${from} and ends before ${to}: expected an end after its beginning.`;
  return null;
}
