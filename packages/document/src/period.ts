import { addDays, dayOf, startOf } from '@tocsin/domain';

/** Moments, ms since the epoch; `to` is not included. */
export interface Period {
  readonly from: number;
  readonly to: number;
}

/** As questions take it: a day in London where one begins then, else a moment. */
export const momentText = (ms: number): string =>
  startOf(dayOf(ms)) === ms ? dayOf(ms) : new Date(ms).toISOString();

const monthOf = (ms: number) => dayOf(ms).slice(0, 7);
const startOfMonth = (ms: number) => startOf(`${monthOf(ms)}-01`);

/** The last month in London that is over. */
export function lastMonth(now: number): Period {
  const to = startOfMonth(now);
  return { from: startOfMonth(to - 1), to };
}

/** End of the month in London of which `from` is a part. */
export const endOfMonth = (from: number): number => startOfMonth(startOf(addDays(`${monthOf(from)}-28`, 4)));

/** Beginning of the period before: as many months where it is whole months, else as long. */
export function periodBefore({ from, to }: Period): number {
  if (startOfMonth(from) !== from || startOfMonth(to) !== to) return from - (to - from);
  let before = from;
  for (let month = from; month < to; month = endOfMonth(month)) before = startOfMonth(before - 1);
  return before;
}
