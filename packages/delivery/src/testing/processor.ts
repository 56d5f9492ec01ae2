import type { Block, Bounds, Slice } from '../block.ts';
import { Partition } from '../partition.ts';
import type { DeliveryEvent, Terms } from '../ports.ts';
import { Killed, Passing, PLACE, type Record, type World } from './world.ts';

/** Offsets of the records whose value is `bad`. */
type Reject = string;

const preparer = {
  rules: 'test-1',
  knows: (rules: string) => rules === 'test-1',
  start: async () => {},
  prepare(bounds: Bounds, records: readonly Record[], { plannedAt, rules }: Terms): Block<Reject> {
    const bad = records.filter(({ value }) => value === 'bad');
    const good = records.filter(({ value }) => value !== 'bad');
    const days = [...new Set(good.map(({ value }) => value))].sort();
    const tally = {
      records: records.length,
      accepted: good.length,
      rejected: bad.length,
      duplicates: 0,
    };
    const checksum = records.map(({ value }) => value).join('');
    return {
      plan: { ...bounds, plannedAt, rules, tally, checksum },
      hours: [{ hour: 0, accepted: good.length }],
      slices: days.map((day) => slice(day, good)),
      rejects: bad.map(({ offset }) => String(offset)),
      volumes: [],
    };
  },
};

function slice(day: string, records: readonly Record[]): Slice {
  const offsets = Uint32Array.from(records.filter(({ value }) => value === day).map(({ offset }) => offset));
  return { part: day, rows: offsets.length, body: new Uint8Array(offsets.buffer) };
}

/** How a simulated processor's life ended. */
type End = 'caught-up' | 'killed' | 'halted';

export interface Life {
  readonly end: End;
  readonly events: readonly DeliveryEvent<Reject>[];
  /** What the partition said each time it was asked whether all is settled, and whether it was. */
  readonly settled: readonly { readonly said: boolean; readonly was: boolean }[];
}

/**
 * A processor's life on the simulated world, until it has read everything, is killed or halts.
 * @param fetchSize records a fetch brings at its n-th call, which is what cuts new blocks
 * @param stray the offset from which the client's n-th fetch brings records, where that is not the position
 */
export async function live(
  world: World,
  buried: Set<string>,
  fetchSize: (n: number) => number,
  stray: (n: number) => number | null = () => null,
): Promise<Life> {
  const events: DeliveryEvent<Reject>[] = [];
  const settled: { said: boolean; was: boolean }[] = [];
  const asked: Promise<void>[] = [];
  let halted = false;
  let dead = false;
  let position = Math.max(world.committed?.offset ?? world.earliest, world.earliest);
  const lease = world.lease(
    () => true,
    (offset) => {
      position = offset;
    },
    () => {
      halted = true;
    },
  );
  const resolve = (offset: number) => {
    position = offset + 1;
  };
  /** The last offset of the block that is being prepared. */
  let preparing = -1;
  /** Whether every accepted record of a block that was begun by now, by whomever, is in the store when it is said. */
  const ask = async () => {
    // One whose plan did not arrive is prepared again.
    const plans = events.flatMap((event) => (event.kind === 'planned' ? [event.block.plan] : []));
    const last = Math.max(
      preparing,
      ...plans.map((plan) => plan.last),
      ...world.ledgered.map((plan) => plan.last),
    );
    const said = await partition.settled();
    const stored = new Set(world.rows.map(({ offset }) => offset));
    const was = world.records
      .slice(0, last + 1)
      .every(({ offset, value }) => value === 'bad' || stored.has(offset));
    settled.push({ said, was });
  };
  let now = 1_600_000_000_000;
  const partition = new Partition<Record, Reject>(
    PLACE,
    {
      log: world.log,
      store: world.store,
      deadLetters: {
        put: async (_place, _plan, rejects) => {
          for (const reject of rejects) buried.add(reject);
        },
      },
      preparer: {
        ...preparer,
        // Others run while it takes its time.
        async prepare(_place, bounds, records, by) {
          preparing = bounds.last;
          asked.push(ask());
          await Promise.resolve();
          preparing = -1;
          return preparer.prepare(bounds, records, by);
        },
      },
      clock: { now: () => now++, pause: async () => {} },
      observe(event) {
        events.push(event);
        asked.push(ask());
      },
      isRetryable: (error) => {
        if (error instanceof Killed) dead = true;
        return error instanceof Passing;
      },
    },
    ({ offset }) => offset,
    { blockRecords: 4, rejects: { share: 1, records: 1 } },
  );

  const ended = async (end: End): Promise<Life> => {
    await Promise.all(asked);
    return { end, events, settled };
  };
  for (let fetch = 0; position < world.records.length; fetch++) {
    if (halted) return ended(dead ? 'killed' : 'halted');
    position = stray(fetch) ?? position;
    const messages = world.records.slice(position, position + fetchSize(fetch));
    const batch = {
      messages,
      fetchedOffset: position,
      lastOffset: position + messages.length - 1,
    };
    try {
      await partition.take(batch, { ...lease, resolve });
    } catch (error) {
      if (error instanceof Killed) return ended('killed');
      if (!(error instanceof Passing)) throw error;
      // The client fetches again from what it believes is committed.
      position = world.committed?.offset ?? world.earliest;
    }
    if (fetch > 10_000) throw new Error(`no end: position ${position} of ${world.records.length}`);
  }
  return ended(halted ? (dead ? 'killed' : 'halted') : 'caught-up');
}
