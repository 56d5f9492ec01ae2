import { type Rejection, type Store, storeRejections } from '@tocsin/clickhouse';
import type { DeadLetters, Place } from '@tocsin/delivery';
import type { Producer } from '@tocsin/kafka';

/**
 * Rejections reach the table and the topic before their block is committed. The table is keyed by position,
 * and each record on the topic carries it, so that a repeat is known for one.
 */
export function deadLetters(store: Store, producer: Producer, topic: string): DeadLetters<Rejection> {
  return {
    async put(place, plan, rejections) {
      await storeRejections(store, place, plan, rejections);
      await producer.send(
        topic,
        rejections.map((rejection) => ({
          key: rejection.key,
          value: rejection.value ?? Buffer.alloc(0),
          headers: headers(place, rejection),
        })),
      );
    },
  };
}

function headers({ stream, partition }: Place, { offset, reason, takenAt }: Rejection) {
  return {
    'tocsin-reason': reason,
    'tocsin-stream': stream,
    'tocsin-partition': String(partition),
    'tocsin-offset': String(offset),
    'tocsin-taken-at': String(takenAt),
  };
}
