import { type Alert, decode, type RejectReason, type TimeLimits, validateReceivedAt } from '@tocsin/domain';
import type { KafkaMessage } from '@tocsin/kafka';
import type { SliceWriter } from './slice-writer.ts';
import type { DuplicateWindow } from './steps/deduplicate.ts';

/** What one record comes to. Everything but `accepted` and `duplicate` is the reason of a rejection. */
export type Outcome = 'accepted' | 'duplicate' | RejectReason;

export interface Pipeline {
  /** Filled by each record anew. */
  readonly alert: Alert;
  readonly duplicates: DuplicateWindow;
  readonly rows: SliceWriter;
}

const NO_BYTES = Buffer.alloc(0);

/**
 * The way of one alert from a Kafka record to a row, in order. A record's outcome depends on its bytes, its
 * Kafka timestamp, the plan's time and the ids accepted before it, so that a replay comes to the same.
 */
export function passAlert(
  { alert, duplicates, rows }: Pipeline,
  record: KafkaMessage,
  offset: number,
  plannedAt: number,
  limits: TimeLimits,
): Outcome {
  const unreadable = decode(record.value ?? NO_BYTES, Number(record.timestamp), alert);
  if (unreadable) return unreadable;

  const invalid = validateReceivedAt(alert.receivedAt, plannedAt, limits);
  if (invalid) return invalid;

  if (duplicates.seen(alert, offset)) return 'duplicate';

  rows.add(alert, offset);
  return 'accepted';
}
