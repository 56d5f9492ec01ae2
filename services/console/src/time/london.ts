const ZONE = 'Europe/London';

const format = (options: Intl.DateTimeFormatOptions) => {
  const formatter = new Intl.DateTimeFormat('en-GB', { timeZone: ZONE, ...options });
  return (moment: string | number) => formatter.format(new Date(moment));
};

const iso = new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE });
/** `2020-07-07`: the day in London of a moment. */
export const dayOf = (moment: string | number): string => iso.format(new Date(moment));
/** `7 Jul 2020` */
export const longDay = format({ day: 'numeric', month: 'short', year: 'numeric' });
/** `7 Jul` */
export const shortDay = format({ day: 'numeric', month: 'short' });
/** `July 2020` */
export const month = format({ month: 'long', year: 'numeric' });
/** `7 Jul 2020, 11:00` */
export const minute = format({
  ...{ day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' },
});
/** `7 Jul, 11:00` */
export const hour = format({ day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
const clock = format({ hour: '2-digit', hourCycle: 'h23' });
/** 0 to 23, of a moment in London. */
export const hourOfDay = (moment: string | number): number => Number(clock(moment));

const DAY_MS = 86_400_000;
/** @param day such as `2020-07-07` */
export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
/** Days from `from` on, `to` not included. */
export const daysOf = (from: string, to: string): string[] =>
  Array.from({ length: Math.max(0, daysBetween(from, to)) }, (_, i) => addDays(from, i));
