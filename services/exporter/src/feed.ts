import { type RegionFeed, type RegionHour, readCompleteness, readFeed, type Store } from '@tocsin/clickhouse';
import type { Metrics } from '@tocsin/metrics';
import { startOfHour, utc } from './hours.ts';

type FeedMetrics = Pick<Metrics<'exporter'>, 'feedReceived' | 'feedExpected' | 'feedSilence'>;

const FIVE_MINUTES_OF_AN_HOUR = 1 / 12;
/** How far back at least it is looked for a region's newest message, in seconds. */
const LOOKED_BACK = 2 * 3600;

/** Follows what comes of each region: what is expected changes by the hour only, and is dear to ask. */
export function feedReader(store: Store, metrics: FeedMetrics) {
  let hour = '';
  let expected: RegionHour[] = [];
  const heard = new Set<string>();
  return async (nowMs: number): Promise<void> => {
    const running = utc(startOfHour(nowMs));
    if (running !== hour) {
      expected = await readCompleteness(store, running);
      hour = running;
    }
    const feed = await readFeed(store, utc(nowMs));
    for (const { region } of feed) heard.add(region);
    showFeed(metrics, feed, expected, heard);
  };
}

/** A region that is expected, or was `heard` of earlier, and is not heard of now is shown as silent, not left out. */
export function showFeed(
  { feedReceived, feedExpected, feedSilence }: FeedMetrics,
  feed: readonly RegionFeed[],
  expected: readonly RegionHour[],
  heard: ReadonlySet<string>,
): void {
  feedReceived.reset();
  feedExpected.reset();
  feedSilence.reset();
  const due = expected.filter((one) => one.expected !== null);
  for (const region of [...due.map((one) => one.region), ...heard]) {
    feedReceived.set({ region }, 0);
    feedSilence.set({ region }, LOOKED_BACK);
  }
  for (const one of due) feedExpected.set({ region: one.region }, one.expected! * FIVE_MINUTES_OF_AN_HOUR);
  for (const { region, received, silence } of feed) {
    feedReceived.set({ region }, received);
    feedSilence.set({ region }, silence);
  }
}
