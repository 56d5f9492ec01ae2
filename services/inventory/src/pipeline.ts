import { formatHistoryRow } from '@tocsin/clickhouse';
import type { Place } from '@tocsin/delivery';
import { changeOf, INVENTORY_EVENT, type InventoryEvent, parseEui64, plainEui64 } from '@tocsin/domain';
import type { KafkaMessage } from '@tocsin/kafka';
import type { RecentIds } from './recent-ids.ts';

/** What one record comes to: accepted with its row, or else why not. */
export type Outcome =
  | { readonly kind: 'accepted'; readonly event: InventoryEvent; readonly row: string }
  | { readonly kind: 'duplicate' }
  | { readonly kind: 'rejected'; readonly reason: string };

export interface Plan {
  readonly plannedAt: number;
  /** ms that an event may hold in the future: changes are announced, but clocks are wrong as well. */
  readonly announceMs: number;
}

const MOST_BYTES = 64 * 1024;
const EARLIEST_MS = Date.UTC(1970, 0, 2);

/**
 * The way of one inventory event from a Kafka record to a row of the device history, in order. A record's outcome
 * depends on its bytes, the plan's time and the ids accepted before it, so that a replay comes to the same.
 */
export function passEvent(
  record: KafkaMessage,
  place: Place,
  recent: RecentIds,
  { plannedAt, announceMs }: Plan,
): Outcome {
  const offset = Number(record.offset);
  const read = readEvent(record.value);
  if (typeof read === 'string') return { kind: 'rejected', reason: read };

  const { deviceId: device, eventId, effectiveAt } = read;
  if (isOfAnother(record.key, device)) return { kind: 'rejected', reason: 'key-mismatch' };
  if (effectiveAt < EARLIEST_MS || effectiveAt > plannedAt + announceMs) {
    return { kind: 'rejected', reason: 'invalid-effectiveAt' };
  }

  if (recent.seen(eventId, offset)) return { kind: 'duplicate' };

  const recordedAt = Number(record.timestamp);
  const change = changeOf(read);
  const entry = { ...place, offset, plannedAt, recordedAt, effectiveAt, device, eventId, change };
  return { kind: 'accepted', event: read, row: formatHistoryRow({ ...entry, source: 'inventory' }) };
}

/** A record's key, where it has one, is the device id in either of its forms: events of a device keep their order. */
function isOfAnother(key: Buffer | null, device: string): boolean {
  if (!key || key.length === 0) return false;
  const named = parseEui64(key.toString());
  return named === null || plainEui64(named) !== device;
}

/** The event, or why there is none: `invalid-` and the field at fault, of which there are few. */
function readEvent(value: Buffer | null): InventoryEvent | string {
  if (!value || value.length === 0) return 'empty';
  if (value.length > MOST_BYTES) return 'too-large';
  let json: unknown;
  try {
    json = JSON.parse(value.toString());
  } catch {
    return 'json-syntax';
  }
  const result = INVENTORY_EVENT.safeParse(json);
  if (result.success) return result.data;
  const field = result.error.issues[0]?.path[0];
  return field === undefined ? 'invalid-event' : `invalid-${String(field)}`;
}
