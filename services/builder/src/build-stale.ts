import {
  type BuildPolicy,
  buildBuckets,
  findStaleBuckets,
  keepComplete,
  type StaleBucket,
  type Store,
  supersedeBuilds,
  type Target,
} from '@tocsin/clickhouse';
import type { Metrics } from '@tocsin/metrics';
import type { Logger } from '@tocsin/runtime';
import type { Pace } from './pace.ts';
import type { StaleSince } from './stale-since.ts';

export interface BuildDeps {
  store: Store;
  policy: BuildPolicy;
  metrics: Metrics<'builder'>;
  log: Logger;
  signal: AbortSignal;
}

/** A target, and what is remembered of it from look to look. */
export interface Followed {
  readonly target: Target;
  readonly since: StaleSince;
  readonly pace: Pace;
}

// What one statement takes on: enough to catch up fast, little enough to stay small in memory.
const BUCKETS_AT_ONCE = 24;
const MESSAGES_AT_ONCE = 5_000_000;

/** One look at a target: builds every stale bucket that is due and complete, unless the target rests. */
export async function buildStale(
  { target, since, pace }: Followed,
  { store, policy, metrics, log, signal }: BuildDeps,
): Promise<void> {
  const label = { target: target.table };
  const stale = await findStaleBuckets(store, target, policy);
  metrics.staleBuckets.set(label, stale.length);
  const waiting = stale.map(({ bucket }) => bucket);
  metrics.staleSeconds.set(label, since.look(waiting, performance.now()));
  if (pace.rests(performance.now())) return;
  let built = 0;
  for (const group of groupBuckets(
    stale.filter(({ due }) => due),
    target.bucketSeconds,
  )) {
    if (signal.aborted) break;
    const buckets = (await keepComplete(store, target, group)).map(({ bucket }) => bucket);
    if (buckets.length === 0) continue;
    const end = metrics.buildSeconds.startTimer(label);
    const begun = performance.now();
    try {
      const { version, sourceRows } = await buildBuckets(store, target, buckets);
      metrics.builds.inc({ ...label, outcome: 'committed' }, buckets.length);
      metrics.lastBuild.set(label, Date.now() / 1000);
      const [from, to] = [buckets[0], buckets.at(-1)];
      log.info({ ...label, buckets: buckets.length, from, to, sourceRows, version }, 'built');
    } catch (error) {
      metrics.builds.inc({ ...label, outcome: 'failed' }, buckets.length);
      throw error;
    } finally {
      end();
      pace.built(begun, performance.now());
    }
    built += buckets.length;
  }
  if (built > 0) await supersedeBuilds(store, target);
}

/**
 * The buckets in groups that one build takes on, of buckets one right after another: a build reads all from its first to
 * its last, with every correction in between.
 */
export function* groupBuckets(buckets: readonly StaleBucket[], seconds: number): Generator<StaleBucket[]> {
  let group: StaleBucket[] = [];
  let messages = 0;
  let end = Number.NaN;
  for (const bucket of buckets) {
    const begin = Date.parse(`${bucket.bucket.replace(' ', 'T')}Z`);
    const full = group.length === BUCKETS_AT_ONCE || messages + bucket.accepted > MESSAGES_AT_ONCE;
    if (group.length > 0 && (full || begin !== end)) {
      yield group;
      group = [];
      messages = 0;
    }
    group.push(bucket);
    messages += bucket.accepted;
    end = begin + seconds * 1000;
  }
  if (group.length > 0) yield group;
}
