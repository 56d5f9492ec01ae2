import { setTimeout as pause } from 'node:timers/promises';
import {
  changedSince,
  isRetryable,
  markReattributed,
  type Positions,
  type RequestedHour,
  readWatermarks,
  requestedHours,
  revisionsAreVisible,
  type Store,
  sealedBefore,
  writeWatermarks,
} from '@tocsin/clickhouse';
import type { Assignment } from '@tocsin/intake';
import type { Metrics } from '@tocsin/metrics';
import type { Logger, Part } from '@tocsin/runtime';
import { type DirectoryFeed, samePositions } from '../directory/feed.ts';
import type { Knowledge } from '../pipeline.ts';
import { type Corrected, correct, Superseded } from './correct.ts';

const FAR_FUTURE = Date.UTC(2100, 0, 1);
const POLL_MS = 100;

export interface CorrectionOptions {
  readonly store: Store;
  readonly knowledge: Knowledge;
  readonly feed: DirectoryFeed;
  readonly assignment: () => Assignment;
  readonly everyMs: number;
  readonly log: Logger;
  readonly metrics: Metrics<'processor'>;
}

/**
 * Keeps the directory current, and the rows of this member's partitions as the directory and the rules would have them:
 * inventory that arrives late is the normal case. The owner of a partition is the only one to correct its rows.
 */
export function corrections(options: CorrectionOptions): Part {
  const { store, knowledge, feed, assignment, everyMs, log, metrics } = options;
  const controller = new AbortController();
  const { signal } = controller;
  let working: Promise<void> | undefined;

  /** Compares the alerts of devices of which something new is known since a partition was looked at last. */
  const reconcile = async (through: Positions, { stream, lasts }: Assignment, settled: readonly number[]) => {
    const watermarks = await readWatermarks(store, stream);
    for (const [after, partitions] of groupByWatermark(watermarks, settled)) {
      const changes = { after, through };
      const since = await changedSince(store, changes);
      if (since !== null) {
        // Sealed days are what they are.
        const from = Math.max(since - knowledge.clockBounds.ahead, await sealedBefore(store));
        note(
          await correct(store, knowledge, { stream, partitions, from, to: FAR_FUTURE, of: changes }, lasts),
        );
      }
      if (!lasts()) throw new Superseded();
      if (!samePositions(after, through)) {
        await writeWatermarks(
          store,
          partitions.map((partition) => ({ stream, partition })),
          through,
        );
      }
    }
  };

  const carryOut = async (requested: readonly RequestedHour[], lasts: () => boolean) => {
    const { stream, hour } = requested[0]!;
    const partitions = [...new Set(requested.map(({ partition }) => partition))];
    const to = (requested.at(-1)!.hour + 3600) * 1000;
    const range = { stream, partitions, from: hour * 1000, to };
    const { compared, corrected } = note(await correct(store, knowledge, range, lasts));
    await markReattributed(store, requested, compared, corrected);
  };

  const note = (done: Corrected) => {
    metrics.corrected.inc(done.corrected);
    if (done.corrected > 0) log.info(done, 'corrected');
    return done;
  };

  const round = async () => {
    while (!(await revisionsAreVisible(store))) await pause(POLL_MS, undefined, { signal });
    await feed.follow();
    const through = feed.positions();
    metrics.directoryDevices.set(knowledge.directory.devices);
    metrics.directoryBytes.set(knowledge.directory.bytes);
    const current = assignment();
    // Rows that were prepared before the directory knew this are compared as well, so they have to be there.
    const settled: number[] = [];
    for (const [number, partition] of current.partitions) {
      if (!partition.halted && (await partition.settled())) settled.push(number);
    }
    if (settled.length === 0 || !current.lasts()) return;
    await reconcile(through, current, settled);
    for (const ofDay of byDay(await requestedHours(store, current.stream, settled))) {
      if (signal.aborted) return;
      await carryOut(ofDay, current.lasts);
    }
  };

  const work = async () => {
    while (!signal.aborted) {
      const begun = performance.now();
      try {
        await round();
      } catch (error) {
        if (signal.aborted) return;
        if (!(error instanceof Superseded)) {
          // What isn't done is found again by the next round, from the watermarks.
          const level = isRetryable(error) ? 'warn' : 'error';
          log[level]({ err: error }, 'corrections are tried again');
        }
      }
      // However much there is to compare, most of the machine is left to new alerts.
      const rest = Math.max(everyMs, performance.now() - begun);
      await pause(rest, undefined, { signal }).catch(() => {});
    }
  };

  return {
    name: 'corrections',
    start() {
      working = work();
    },
    async stop() {
      controller.abort();
      await working;
    },
  };
}

/** Hours of one request and day together. */
function byDay(hours: readonly RequestedHour[]): Iterable<RequestedHour[]> {
  const days = new Map<string, RequestedHour[]>();
  for (const one of hours) {
    const key = `${one.id} ${Math.floor(one.hour / 86_400)}`;
    const day = days.get(key);
    if (day) day.push(one);
    else days.set(key, [one]);
  }
  return days.values();
}

function groupByWatermark(
  watermarks: ReadonlyMap<number, Positions>,
  partitions: readonly number[],
): Map<Positions, number[]> {
  const groups = new Map<string, [Positions, number[]]>();
  for (const partition of partitions) {
    const watermark: Positions = watermarks.get(partition) ?? new Map();
    const key = JSON.stringify([...watermark].sort());
    const group = groups.get(key);
    if (group) group[1].push(partition);
    else groups.set(key, [watermark, [partition]]);
  }
  return new Map(groups.values());
}
