import {
  type BuildPolicy,
  buildHours,
  findStaleHours,
  keepComplete,
  type StaleHour,
  type Store,
  supersedeBuilds,
} from '@tocsin/clickhouse';
import type { Metrics } from '@tocsin/metrics';
import type { Logger } from '@tocsin/runtime';

export interface BuildDeps {
  store: Store;
  policy: BuildPolicy;
  metrics: Metrics<'builder'>;
  log: Logger;
  signal: AbortSignal;
}

const TARGET = { target: 'rollup_hours' };
// What one statement takes on: enough to catch up fast, little enough to stay small in memory.
const HOURS_AT_ONCE = 24;
const MESSAGES_AT_ONCE = 5_000_000;

/** One look: builds every stale hour that is due and complete. Resolves to the number of hours built. */
export async function buildStaleHours({ store, policy, metrics, log, signal }: BuildDeps): Promise<number> {
  const stale = await findStaleHours(store, policy);
  metrics.staleBuckets.set(TARGET, stale.length);
  let built = 0;
  for (const group of groupHours(stale.filter(({ due }) => due))) {
    if (signal.aborted) break;
    const hours = (await keepComplete(store, group)).map(({ hour }) => hour);
    if (hours.length === 0) continue;
    const end = metrics.buildSeconds.startTimer(TARGET);
    try {
      const { version, sourceRows } = await buildHours(store, hours);
      metrics.builds.inc({ ...TARGET, outcome: 'committed' }, hours.length);
      log.info({ hours: hours.length, from: hours[0], to: hours.at(-1), sourceRows, version }, 'built');
    } catch (error) {
      metrics.builds.inc({ ...TARGET, outcome: 'failed' }, hours.length);
      throw error;
    } finally {
      end();
    }
    built += hours.length;
  }
  if (built > 0) await supersedeBuilds(store);
  return built;
}

/** Consecutive pieces of a list of hours, each of which one build takes on. */
export function* groupHours(hours: readonly StaleHour[]): Generator<StaleHour[]> {
  let group: StaleHour[] = [];
  let messages = 0;
  for (const hour of hours) {
    if (group.length === HOURS_AT_ONCE || (group.length > 0 && messages + hour.accepted > MESSAGES_AT_ONCE)) {
      yield group;
      group = [];
      messages = 0;
    }
    group.push(hour);
    messages += hour.accepted;
  }
  if (group.length > 0) yield group;
}
