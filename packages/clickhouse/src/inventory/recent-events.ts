import type { Place } from '@tocsin/delivery';
import type { Store } from '../client.ts';

/** The event ids of the inventory accepted at offsets from `from` up to and without `to`, in order, in chunks. */
export function acceptedEvents(
  store: Store,
  place: Place,
  from: number,
  to: number,
): AsyncIterable<{ offset: number; eventId: string }[]> {
  return store.stream(
    `SELECT offset, event_id AS eventId
     FROM device_history
     WHERE stream = {stream:String} AND partition = {partition:UInt16} AND offset >= {from:UInt64} AND offset < {to:UInt64}
     ORDER BY offset`,
    { ...place, from, to },
  );
}
