import { utc } from './period.ts';

const HOUR = 3_600_000;

/** Whole hours that a period touches, as volumes are counted: as views take them, and how many days they are. */
export function hoursOf({ from, to }: { readonly from: number; readonly to: number }) {
  const [first, end] = [Math.floor(from / HOUR) * HOUR, Math.ceil(to / HOUR) * HOUR];
  return { from: utc(first), to: utc(end), days: Math.max(1 / 24, (end - first) / (24 * HOUR)) };
}
