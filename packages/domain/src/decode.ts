import type { Alert } from './alert.ts';
import { readDuis } from './duis/read.ts';
import { readGbcs } from './gbcs/read.ts';
import { readJson } from './json/read.ts';
import { recognise } from './json/recognise.ts';
import type { RejectReason } from './reject-reasons.ts';

/** Larger messages are refused unread, so that no message can take long; Kafka's own default limit. */
export const MAX_MESSAGE_BYTES = 1_048_576;

/**
 * Decodes one message in whichever of the three encodings its content shows, and fills `into`.
 *
 * @param takenAt the Kafka timestamp, ms since the epoch: the `receivedAt` of an encoding that has none
 * @returns null if `into` holds the alert, else why the message is rejected. Never throws.
 */
export function decode(value: Uint8Array, takenAt: number, into: Alert): RejectReason | null {
  if (value.length > MAX_MESSAGE_BYTES) return 'too-large';
  if (recognise(value, into)) return null;
  const start = startOfText(value);
  switch (value[start]) {
    case undefined:
      return 'empty';
    case 0x7b:
      return readJson(value, into);
    case 0x3c:
      return readDuis(value, into);
  }
  if (value[0] !== 0xdd && value[0] !== 0xdf) return 'unknown-encoding';
  into.receivedAt = takenAt;
  return readGbcs(value, into);
}

/** The place of the first byte after a byte order mark and white space. */
function startOfText(value: Uint8Array): number {
  let at = value[0] === 0xef && value[1] === 0xbb && value[2] === 0xbf ? 3 : 0;
  while (value[at] === 0x20 || value[at] === 0x0a || value[at] === 0x0d || value[at] === 0x09) at++;
  return at;
}
