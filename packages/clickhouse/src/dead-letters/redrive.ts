import { randomUUID } from 'node:crypto';
import type { Store } from '../client.ts';

/** A position of a stream. */
export interface Position {
  stream: string;
  partition: number;
  offset: number;
}

/** The right to put positions back, once. `attempt` belongs into the headers of what is produced. */
export interface Claim<P extends Position> {
  attempt: string;
  claimed: P[];
  /** Positions that were put back already, are in doubt, or are being put back by someone else now. */
  refused: P[];
}

/** A position that a killed redrive left between intention and record. */
export interface DoubtfulRedrive extends Position {
  attempt: string;
  /** When it was intended, ms since the epoch. */
  since: number;
}

type State = 'intended' | 'withdrawn' | 'produced';

/*
 * Kafka and ClickHouse share no transaction, so a kill between producing and recording leaves one of two risks. We
 * record the intention first: a position is never put back twice, and one whose message may not have been sent is
 * not lost silently but shown as doubtful, to be settled by looking for its attempt in the topic's headers.
 */

/** Claims positions for one attempt; produce only what is in `claimed`, then call `recordRedrive`. */
export async function claimRedrive<P extends Position>(
  store: Store,
  positions: readonly P[],
): Promise<Claim<P>> {
  const attempt = randomUUID();
  await insert(store, attempt, positions, 'intended');
  // Intention first, then the look: of two that claim a position at once, the later one surely sees the other. Should
  // both see each other, both step back, and the position waits for the next redrive.
  const held = await store.rows<Position>(
    `SELECT stream, partition, offset
     FROM (
       SELECT stream, partition, offset, attempt, max(state) AS last
       FROM redriven
       WHERE (stream, partition, offset) IN (
         SELECT stream, partition, offset FROM redriven WHERE attempt = {attempt:UUID}
       )
       GROUP BY stream, partition, offset, attempt
     )
     WHERE attempt != {attempt:UUID} AND last != 'withdrawn'
     GROUP BY stream, partition, offset`,
    { attempt },
  );
  const taken = new Set(held.map(nameOf));
  const refused = positions.filter((position) => taken.has(nameOf(position)));
  await insert(store, attempt, refused, 'withdrawn');
  return { attempt, claimed: positions.filter((position) => !taken.has(nameOf(position))), refused };
}

/**
 * Records what became of claimed positions: `produced` once Kafka has acknowledged them, `withdrawn` where they
 * surely did not reach it, so that they may be tried again.
 */
export function recordRedrive(
  store: Store,
  attempt: string,
  positions: readonly Position[],
  state: 'produced' | 'withdrawn',
): Promise<void> {
  return insert(store, attempt, positions, state);
}

/** Positions intended before `before` (ms since the epoch) of which nothing more is known. */
export function findDoubtful(store: Store, before: number): Promise<DoubtfulRedrive[]> {
  return store.rows<DoubtfulRedrive>(
    `SELECT stream, partition, offset, attempt, toUnixTimestamp64Milli(min(at)) AS since
     FROM redriven
     GROUP BY stream, partition, offset, attempt
     HAVING max(state) = 'intended' AND since < {before:Int64}
     ORDER BY stream, partition, offset`,
    { before },
  );
}

async function insert(
  store: Store,
  attempt: string,
  positions: readonly Position[],
  state: State,
): Promise<void> {
  if (positions.length === 0) return;
  await store.insert({
    table: 'redriven',
    columns: ['stream', 'partition', 'offset', 'attempt', 'state'],
    format: 'JSONEachRow',
    body: positions
      .map(({ stream, partition, offset }) => JSON.stringify({ stream, partition, offset, attempt, state }))
      .join('\n'),
  });
}

function nameOf({ stream, partition, offset }: Position): string {
  return `${stream} ${partition} ${offset}`;
}
