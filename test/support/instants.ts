import type { HoldAt } from './clickhouse-proxy.ts';
import type { HeldEngines } from './engines.ts';
import { OFFSET_COMMIT, PRODUCE } from './kafka-proxy.ts';
import type { Lane } from './lane.ts';

/** Lets what is held go on. */
type Release = () => unknown;

/** Resolves once the lane's processor stands at this instant. */
export type Instant = (engines: HeldEngines, lane: Lane) => Promise<Release>;

/** The lane's `nth` insert into a table. */
export const holdInsert =
  (at: HoldAt, table: string, nth = 1): Instant =>
  async (engines, { database }) => {
    let seen = 0;
    const { release } = await engines.clickhouse.hold(
      at,
      (statement, of) => of === database && statement.startsWith(`INSERT INTO ${table} `) && ++seen === nth,
    );
    return release;
  };

/** A commit of the lane's group that carries a plan, or one that carries none. */
export const holdCommit =
  (at: HoldAt, kind: 'plan' | 'next'): Instant =>
  async (engines, { group }) => {
    const { release } = await engines.kafka.hold(
      at,
      (key, frame) =>
        key === OFFSET_COMMIT && frame.includes(group) && frame.includes('"v":1') === (kind === 'plan'),
    );
    return release;
  };

export const holdDeadLetters =
  (at: HoldAt): Instant =>
  async (engines, { rejectedTopic }) => {
    const { release } = await engines.kafka.hold(
      at,
      (key, frame) => key === PRODUCE && frame.includes(rejectedTopic),
    );
    return release;
  };
