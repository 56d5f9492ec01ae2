import {
  changedSince,
  claimWatermark,
  markReattributed,
  type Positions,
  type RequestedHours,
  requestedHours,
  type Store,
  sealedBefore,
  type Watermark,
  writeWatermarks,
} from '@tocsin/clickhouse';
import type { Place } from '@tocsin/delivery';
import type { Assignment } from '@tocsin/intake';
import { type DirectoryFeed, samePositions } from '../directory/feed.ts';
import type { Knowledge } from '../pipeline.ts';
import { type Corrected, correct, Superseded } from './correct.ts';

const FAR_FUTURE = Date.UTC(2100, 0, 1);

export interface CorrectorOptions {
  readonly store: Store;
  readonly knowledge: Knowledge;
  readonly feed: DirectoryFeed;
  /** Told of what each comparison came to. */
  readonly compared: (done: Corrected) => void;
}

/** Keeps stored alerts true to what is known of devices and registries by now, by corrections beside them. */
export interface Corrector {
  /**
   * Called before the first row of a partition is prepared under an assignment. Earlier rows have been compared up to the
   * partition's watermark, and only what is new beyond it is looked for: so the directory must know that much before it
   * says anything of new ones.
   */
  takeOver(place: Place): Promise<void>;
  /**
   * Brings the rows of the settled partitions to what is known by now.
   * @throws Superseded
   */
  round(assignment: Assignment): Promise<void>;
}

/** A corrector that has taken over no partition yet. */
export function createCorrector({ store, knowledge, feed, compared }: CorrectorOptions): Corrector {
  /** Of the partitions taken over: from then on their rows are compared by this member alone. */
  const watermarks = new Map<number, Watermark>();

  /** Compares the alerts of devices of which something new is known since a partition was looked at last. */
  const reconcile = async (through: Positions, { stream, lasts }: Assignment, settled: readonly number[]) => {
    for (const [after, claims] of groupByPositions(settled, watermarks)) {
      const owner = { stream, claims, lasts };
      if (samePositions(after, through)) continue;
      const changes = { after, through };
      const since = await changedSince(store, changes);
      if (since !== null) {
        // Sealed days are what they are.
        const from = Math.max(since - knowledge.clockBounds.ahead, await sealedBefore(store));
        const range = { stream, partitions: [...claims.keys()], from, to: FAR_FUTURE, of: changes };
        compared(await correct(store, knowledge, range, owner));
      }
      if (!lasts()) throw new Superseded();
      await writeWatermarks(store, owner, through);
      if (!lasts()) throw new Superseded();
      for (const [partition, claim] of claims) watermarks.set(partition, { claim, through });
    }
  };

  /** Rows of retired epochs are the business of who owns their partitions now. */
  const carryOut = async (requested: readonly RequestedHours[], { stream: owned, lasts }: Assignment) => {
    const { stream, begins, ends } = requested[0]!;
    const partitions = requested.map(({ partition }) => partition);
    const range = { stream, partitions, from: begins * 1000, to: ends * 1000 };
    const claims = new Map(partitions.map((partition) => [partition, watermarks.get(partition)!.claim]));
    const done = await correct(store, knowledge, range, { stream: owned, claims, lasts });
    compared(done);
    await markReattributed(store, requested, done.compared, done.corrected);
  };

  return {
    async takeOver(place) {
      const watermark = await claimWatermark(store, place);
      await feed.reach(watermark.through);
      watermarks.set(place.partition, watermark);
    },
    async round(assignment) {
      const through = feed.positions();
      // Rows that were prepared before the directory knew this are compared as well, so they have to be there.
      const settled: number[] = [];
      for (const [number, partition] of assignment.partitions) {
        if (!partition.halted && (await partition.settled())) settled.push(number);
      }
      if (!assignment.lasts()) throw new Superseded();
      if (settled.length === 0) return;
      await reconcile(through, assignment, settled);
      const requested = await requestedHours(store, assignment.stream, settled);
      for (const ofDay of byDay(requested)) await carryOut(ofDay, assignment);
    },
  };
}

/** Those of one request, stream and day together. */
function byDay(requested: readonly RequestedHours[]): Iterable<RequestedHours[]> {
  const days = new Map<string, RequestedHours[]>();
  for (const one of requested) {
    const key = `${one.id} ${one.stream} ${one.begins}`;
    const day = days.get(key);
    if (day) day.push(one);
    else days.set(key, [one]);
  }
  return days.values();
}

/** The claims of partitions, by how far their rows have been compared. */
function groupByPositions(
  partitions: readonly number[],
  watermarks: ReadonlyMap<number, Watermark>,
): Map<Positions, Map<number, string>> {
  const groups = new Map<string, [Positions, Map<number, string>]>();
  for (const partition of partitions) {
    const { claim, through } = watermarks.get(partition)!;
    const key = JSON.stringify([...through].sort());
    const group = groups.get(key);
    if (group) group[1].set(partition, claim);
    else groups.set(key, [through, new Map([[partition, claim]])]);
  }
  return new Map(groups.values());
}
