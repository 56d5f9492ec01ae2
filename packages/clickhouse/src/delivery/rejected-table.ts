import type { Place, Plan } from '@tocsin/delivery';
import type { Store } from '../client.ts';
import { escapeBytes, formatMoment } from './tab-separated.ts';

/** A message that could not be counted, with its original bytes. */
export interface Rejection {
  readonly offset: number;
  readonly reason: string;
  /** Kafka's timestamp, ms since the epoch. */
  readonly takenAt: number;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
}

const COLUMNS = [
  'stream',
  'partition',
  'offset',
  'planned_at',
  'reason',
  'taken_at',
  'key',
  'value',
] as const;
const TAB = Buffer.from('\t');
const LINE_END = Buffer.from('\n');
const NOTHING = Buffer.alloc(0);

/** Writes a block's rejections to `rejected`; a repeat of a position replaces itself. */
export async function storeRejections(
  store: Store,
  place: Place,
  plan: Plan,
  rejections: readonly Rejection[],
): Promise<void> {
  const rows = rejections.flatMap(({ offset, reason, takenAt, key, value }) => [
    Buffer.from(
      `${place.stream}\t${place.partition}\t${offset}\t${formatMoment(plan.plannedAt)}\t${reason}\t${formatMoment(takenAt)}\t`,
    ),
    escapeBytes(key ?? NOTHING),
    TAB,
    escapeBytes(value ?? NOTHING),
    LINE_END,
  ]);
  await store.insert({
    table: 'rejected',
    columns: COLUMNS,
    format: 'TabSeparated',
    body: Buffer.concat(rows),
  });
}
