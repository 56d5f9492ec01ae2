import type { DeadLetter } from '@tocsin/clickhouse';
import type { ProducedRecord } from '@tocsin/kafka';

/**
 * A dead letter as it goes back onto the topic, with its source position and original time in headers.
 * @param device its key, so that the alert comes where its device's others do; null: the original key
 */
export function toRecord(letter: DeadLetter, attempt: string, device: string | null): ProducedRecord {
  const { stream, partition, offset, reason, takenAt, key, value } = letter;
  return {
    key: device ?? (key.length > 0 ? key : null),
    value,
    // The original time is the receivedAt of an encoding that has none. Kafka refuses times of the future.
    timestamp: Math.min(Math.max(takenAt, 0), Date.now()),
    headers: {
      'tocsin-redriven-from': `${stream}/${partition}/${offset}`,
      'tocsin-attempt': attempt,
      'tocsin-reason': reason,
      'tocsin-taken-at': String(takenAt),
    },
  };
}
