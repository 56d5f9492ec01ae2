import type { Place } from '@tocsin/delivery';
import type { Store } from '../client.ts';

/** The request id and alert code of an accepted message: 16 hex digits each, and the counter in unsigned 32-bit halves. */
export interface AcceptedId {
  readonly offset: number;
  readonly originator: string;
  readonly target: string;
  readonly counterHi: number;
  readonly counterLo: number;
  readonly alertCode: string;
}

/** The ids accepted at offsets from `from` up to and without `to`, in order, in chunks as they arrive. */
export function acceptedIds(
  store: Store,
  place: Place,
  from: number,
  to: number,
): AsyncIterable<AcceptedId[]> {
  return store.stream<AcceptedId>(
    `SELECT offset, originator, target, bitShiftRight(counter, 32) AS counterHi, bitAnd(counter, 4294967295) AS counterLo,
       alert_code AS alertCode
     FROM alerts
     WHERE stream = {stream:String} AND partition = {partition:UInt16} AND offset >= {from:UInt64} AND offset < {to:UInt64}
     ORDER BY offset`,
    { ...place, from, to },
  );
}
