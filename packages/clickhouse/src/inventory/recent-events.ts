import type { Place } from '@tocsin/delivery';
import type { Store } from '../client.ts';

/** An accepted event of the inventory; the device as 16 hex digits. */
export interface AcceptedEvent {
  readonly offset: number;
  readonly device: string;
  readonly eventId: string;
}

/** The events of the inventory accepted at offsets from `from` up to and without `to`, in order, in chunks. */
export function acceptedEvents(
  store: Store,
  place: Place,
  from: number,
  to: number,
): AsyncIterable<AcceptedEvent[]> {
  return store.stream(
    `SELECT offset, device, event_id AS eventId
     FROM device_history
     WHERE stream = {stream:String} AND partition = {partition:UInt16} AND offset >= {from:UInt64} AND offset < {to:UInt64}
     ORDER BY offset`,
    { ...place, from, to },
  );
}
