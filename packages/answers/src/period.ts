import { dayOf, startOf } from '@tocsin/domain';
import { z } from 'zod';

const EXPECTED =
  'expected a moment with its zone such as 2020-07-07T10:00:00Z, or a day in London such as 2020-07-07, of 2000 to 2099';
const FORM =
  /^20\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,3})?)?(Z|[+-](0\d|1[0-4]):[0-5]\d))?$/;

/** A moment with its zone, or the beginning of a London day; ms since the epoch. */
const moment = (description: string, example: string) =>
  z
    .string({ error: EXPECTED })
    .regex(FORM, { error: EXPECTED, abort: true })
    .refine((text) => !Number.isNaN(at(text)), { error: EXPECTED, abort: true })
    .transform(at)
    .meta({ description, examples: [example] });

/** NaN of a day that is in no calendar. */
function at(text: string): number {
  const day = text.slice(0, 10);
  if (!new Date(`${day}T00:00Z`).toJSON()?.startsWith(day)) return Number.NaN;
  return text === day ? startOf(day) : Date.parse(text);
}

/** The period that an answer is of, ms since the epoch, `to` not included. */
export const PERIOD = {
  from: moment('since when, this moment included', '2020-04-01'),
  to: moment('until when, this moment not included', '2020-06-02'),
};

/** `YYYY-MM-DD hh:mm:ss` in UTC, as views take moments, with thousandths where there are any. */
export const utc = (ms: number): string =>
  new Date(ms)
    .toISOString()
    .replace('T', ' ')
    .replace(/(\.000)?Z$/, '');

/** `YYYY-MM-DD hh:mm:ss` in UTC, for views that take whole seconds: what is left of one is cut off. */
export const utcSecond = (ms: number): string => utc(Math.floor(ms / 1000) * 1000);

/** ISO 8601 with its zone, as answers tell moments. @param text of the store: `YYYY-MM-DD hh:mm:ss[.fff]`, UTC */
export const iso = (text: string): string => `${text.replace(' ', 'T')}Z`;

/** `2020-07-07 11:00` in London, as people are shown moments. @param moment ISO 8601 with its zone */
export function london(moment: string): string {
  const ms = Date.parse(moment);
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Europe/London',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return `${dayOf(ms)} ${clock.format(ms)}`;
}
