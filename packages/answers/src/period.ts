import { dayOf, startOf } from '@tocsin/domain';
import { z } from 'zod';

const EXPECTED =
  'expected a moment with its zone such as 2020-07-07T10:00:00Z, or a day in London such as 2020-07-07';

/** A moment with its zone, or the beginning of a London day; ms since the epoch. */
const moment = (meaning: string) =>
  z
    .string({ error: EXPECTED })
    .refine((text) => !Number.isNaN(at(text)), { error: EXPECTED, abort: true })
    .transform(at)
    .describe(meaning);

function at(text: string): number {
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/.test(text)) return Date.parse(text);
  const isDay = /^\d{4}-\d\d-\d\d$/.test(text) && new Date(`${text}T00:00Z`).toJSON()?.startsWith(text);
  return isDay ? startOf(text) : Number.NaN;
}

/** The period that an answer is of, ms since the epoch, `to` not included. */
export const PERIOD = {
  from: moment('since when, this moment included'),
  to: moment('until when, this moment not included'),
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
