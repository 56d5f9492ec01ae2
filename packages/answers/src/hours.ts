import { utc } from './period.ts';

const HOUR = 3_600_000;

/**
 * What of a period is over, in whole hours: by day, what has not come yet would else be told as a fall. Of one that is all to come,
 * or of this very hour, the whole.
 */
export function soFar({ from, to }: { readonly from: number; readonly to: number }, now = Date.now()) {
  const over = Math.floor(now / HOUR) * HOUR;
  return { from, to: over > from ? Math.min(to, over) : to };
}

/** Whole hours that a period touches, as volumes are counted: as views take them, and how many days they are. */
export function hoursOf({ from, to }: { readonly from: number; readonly to: number }) {
  const [first, end] = [Math.floor(from / HOUR) * HOUR, Math.ceil(to / HOUR) * HOUR];
  return { from: utc(first), to: utc(end), days: Math.max(1 / 24, (end - first) / (24 * HOUR)) };
}
