import type { Span, VolumeWindow } from '@tocsin/clickhouse';
import { addDays, type Day, type Days, startOf } from '@tocsin/report';

/** `YYYY-MM-DD hh:mm:ss.mmm`, UTC, as the store's own times. */
const momentOf = (at: number) => new Date(at).toISOString().replace('T', ' ').replace('Z', '');

/** London days as moments: from the first one's beginning to the end of the last. */
export function spanOf({ first, last }: Days): Span {
  return { from: momentOf(startOf(first)), to: momentOf(startOf(addDays(last, 1))) };
}

/** The same as hours, which are whole in London too. */
export function hoursOf(days: Days, leftOut: readonly Day[]): VolumeWindow {
  const { from, to } = spanOf(days);
  return { from: from.slice(0, 19), to: to.slice(0, 19), leftOut };
}
