import type { Store } from '../client.ts';

/** One region's feed at a moment. Messages; seconds. */
export interface RegionFeed {
  region: string;
  /** In the last five minutes. */
  received: number;
  /** Since the newest message. */
  silence: number;
}

/**
 * The feed of each region that was heard of in the hour of `at` or the two before, in the order of their names.
 * @param at `YYYY-MM-DD hh:mm:ss.sss`, UTC
 */
export function readFeed(store: Store, at: string): Promise<RegionFeed[]> {
  return store.rows(
    `SELECT region, received, silence FROM ${store.database}.feed_now(at = {at:DateTime64(3, 'UTC')}) ORDER BY region`,
    { at },
  );
}

/** Messages of one region in an hour: what came, and what is expected of a whole one; null while that is not known. */
export interface RegionHour {
  region: string;
  received: number;
  expected: number | null;
}

/**
 * What came of each region in an hour, and what was to be expected; none where the hour has not begun.
 * @param hour its beginning, `YYYY-MM-DD hh:00:00`, UTC
 */
export function readCompleteness(store: Store, hour: string): Promise<RegionHour[]> {
  return store.rows(
    `SELECT region, received, expected
     FROM ${store.database}.feed_by_region(from = {hour:DateTime('UTC')}, to = {hour:DateTime('UTC')} + 3600)
     ORDER BY region`,
    { hour },
  );
}
