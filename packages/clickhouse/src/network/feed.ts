import type { Store } from '../client.ts';

/** One region's feed at a moment. Messages; seconds. */
export interface RegionFeed {
  region: string;
  /** In the last five minutes. */
  received: number;
  /** Since the newest message. */
  silence: number;
}

/** @param at `YYYY-MM-DD hh:mm:ss.sss`, UTC: regions that were heard of in its hour or the two before */
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

/** @param hour its beginning, `YYYY-MM-DD hh:00:00`, UTC */
export function readCompleteness(store: Store, hour: string): Promise<RegionHour[]> {
  return store.rows(
    `SELECT region, received, expected
     FROM ${store.database}.feed_by_region(from = {hour:DateTime('UTC')}, to = {hour:DateTime('UTC')} + 3600)
     ORDER BY region`,
    { hour },
  );
}
