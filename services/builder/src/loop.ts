import { setTimeout as pause } from 'node:timers/promises';
import { isRetryable, seal, sweepBuilds, TARGETS } from '@tocsin/clickhouse';
import type { Part } from '@tocsin/runtime';
import { type BuildDeps, buildStale } from './build-stale.ts';
import { Pace } from './pace.ts';
import { StaleSince } from './stale-since.ts';

export interface LoopOptions extends Omit<BuildDeps, 'signal'> {
  intervalMs: number;
  /** Longer than any query takes. */
  sweepAfterSeconds: number;
  /** Days for which raw rows are kept; for ever without it. */
  keepDays: number | undefined;
}

const SWEEP_EVERY_MS = 60_000;
const SEAL_EVERY_MS = 10_000;

export interface BuilderLoop extends Part {
  /** Null once a look has succeeded and while they do; otherwise why not. */
  trouble(): string | null;
}

/** Looks for stale buckets at every interval. A failure that may pass is logged and met by the next look. */
export function createLoop(options: LoopOptions): BuilderLoop {
  const { store, metrics, log, intervalMs, sweepAfterSeconds, keepDays } = options;
  const controller = new AbortController();
  const { signal } = controller;
  let trouble: string | null = 'has not looked for stale buckets yet';
  let ended: Promise<void> | undefined;

  async function attempt(step: string, work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
      trouble = null;
    } catch (error) {
      if (!isRetryable(error)) throw error;
      trouble = `${step}: ${error instanceof Error ? error.message : String(error)}`;
      metrics.retries.inc({ step });
      log.warn({ err: error, step }, 'will try again');
    }
  }

  async function loop(): Promise<void> {
    let swept = Number.NEGATIVE_INFINITY;
    let sealed = Number.NEGATIVE_INFINITY;
    let waitingFor = '';
    const targets = TARGETS.map((target) => ({ target, since: new StaleSince(), pace: new Pace() }));
    while (!signal.aborted) {
      await attempt('build', async () => {
        for (const one of targets) await buildStale(one, { ...options, signal });
      });
      if (performance.now() - swept >= SWEEP_EVERY_MS) {
        swept = performance.now();
        await attempt('sweep', async () => {
          for (const target of TARGETS)
            while (!signal.aborted && (await sweepBuilds(store, target, sweepAfterSeconds)) > 0);
        });
      }
      if (keepDays !== undefined && performance.now() - sealed >= SEAL_EVERY_MS) {
        sealed = performance.now();
        await attempt('seal', async () => {
          const { undrained, ...done } = await seal(store, { keepDays, queriesSeconds: sweepAfterSeconds });
          if (done.sealed.length + done.dropped.length > 0) log.info(done, 'sealed');
          if (undrained.join() !== waitingFor)
            log.info({ undrained }, 'sealing waits for the owners of partitions');
          waitingFor = undrained.join();
        });
      }
      await pause(intervalMs, undefined, { signal }).catch(() => {});
    }
  }

  return {
    name: 'builder',
    trouble: () => trouble,
    start() {
      ended = loop();
      // Whoever waits is told by done(); until then a failure must not count as unhandled.
      ended.catch(() => {});
    },
    done: () => ended ?? Promise.resolve(),
    async stop() {
      controller.abort();
      await ended?.catch(() => {});
    },
  };
}
