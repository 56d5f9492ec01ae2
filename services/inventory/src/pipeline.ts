import { formatHistoryRow } from '@tocsin/clickhouse';
import type { Place } from '@tocsin/delivery';
import { changeOf, type EventLimits, type InventoryEvent, readInventory } from '@tocsin/domain';
import type { KafkaMessage } from '@tocsin/kafka';
import type { RecentIds } from './recent-ids.ts';

/** What one record comes to: accepted with its row, or else why not. */
export type Outcome =
  | { readonly kind: 'accepted'; readonly event: InventoryEvent; readonly row: string }
  | { readonly kind: 'duplicate' }
  | { readonly kind: 'rejected'; readonly reason: string };

/**
 * The way of one inventory event from a Kafka record to a row of the device history, in order. A record's outcome
 * depends on its bytes, the plan's time and the ids accepted before it, so that a replay comes to the same.
 */
export function passEvent(
  record: KafkaMessage,
  place: Place,
  recent: RecentIds,
  limits: EventLimits,
): Outcome {
  const event = readInventory(record.value, record.key, limits);
  if (typeof event === 'string') return { kind: 'rejected', reason: event };

  const offset = Number(record.offset);
  const { deviceId: device, eventId, effectiveAt } = event;
  if (recent.seen(device, eventId, offset)) return { kind: 'duplicate' };

  const row = formatHistoryRow({
    stream: place.stream,
    partition: place.partition,
    offset,
    plannedAt: limits.plannedAt,
    recordedAt: Number(record.timestamp),
    effectiveAt,
    device,
    source: 'inventory',
    eventId,
    change: changeOf(event),
  });
  return { kind: 'accepted', event, row };
}
