import type { Directory } from '@tocsin/directory';
import {
  type Alert,
  type ClockBounds,
  decode,
  firmwareChange,
  type RejectReason,
  type TimeLimits,
  validateReceivedAt,
} from '@tocsin/domain';
import type { KafkaMessage } from '@tocsin/kafka';
import type { SliceWriter } from './slice-writer.ts';
import { type Attribution, attribute } from './steps/attribute.ts';
import type { Meanings } from './steps/classify.ts';
import type { DuplicateWindow } from './steps/deduplicate.ts';

/** What one record comes to. Everything but `accepted` and `duplicate` is the reason of a rejection. */
export type Outcome = 'accepted' | 'duplicate' | RejectReason;

export interface Pipeline {
  /** Filled by each record anew. */
  readonly alert: Alert;
  readonly attribution: Attribution;
  readonly duplicates: DuplicateWindow;
  readonly knowledge: Knowledge;
  readonly rows: SliceWriter;
}

/** What is known besides the messages. It grows while alerts pass: what it says of an alert may differ in a replay. */
export interface Knowledge {
  readonly directory: Directory;
  /** By the rules as they are now. */
  readonly meanings: Meanings;
  readonly clockBounds: ClockBounds;
}

const NO_BYTES = Buffer.alloc(0);

/**
 * The way of one alert from a Kafka record to a row, in order. A record's outcome depends on its bytes, its
 * Kafka timestamp, the plan's time and the ids accepted before it, so that a replay comes to the same.
 */
export function passAlert(
  { alert, attribution, duplicates, knowledge, rows }: Pipeline,
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

  attribute(alert, knowledge.directory, knowledge.clockBounds, attribution);
  const meaning = knowledge.meanings.of(alert, attribution);

  rows.add(alert, offset, attribution, meaning);
  const change = firmwareChange(alert);
  if (change) rows.tell(alert, offset, attribution, change);
  return 'accepted';
}
