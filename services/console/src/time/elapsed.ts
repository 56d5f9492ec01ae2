import { useAnswer } from '../ask/use-answer.ts';
import { addDays, dayOf, daysBetween, hourOfDay } from './london.ts';
import { type Period, useEnd } from './period.ts';

/** What of a period has gone by. */
export interface Elapsed {
  /** A day, or a moment in a day that goes on. */
  readonly to: string;
  readonly days: number;
}

const HOUR_MS = 3_600_000;

/**
 * A period up to the end of the last hour of which there is anything: a day that goes on is not yet a whole one, and a rate
 * that took it for one would fall each midnight. Null until it is known.
 */
export function useElapsed({ from, to }: Period): Elapsed | null {
  const { end } = useEnd();
  const goesOn = end !== null && from < end && to >= end;
  const day = { from: addDays(end ?? to, -1), to: end ?? to };
  const { data } = useAnswer('volume', { ...day, grain: 'hour', order: '-time', limit: '1' }, goesOn);
  if (end === null || (goesOn && data === undefined)) return null;
  const last = data?.rows[0]?.time;
  if (!goesOn || last == null) return { to, days: daysBetween(from, to) };
  return {
    to: new Date(Date.parse(last) + HOUR_MS).toISOString(),
    days: daysBetween(from, dayOf(last)) + (hourOfDay(last) + 1) / 24,
  };
}
