import { type Alert, createAlert } from '../alert.ts';
import { sameEui64 } from '../eui64.ts';
import type { RejectReason } from '../reject-reasons.ts';
import { decodeBase64 } from '../text/base64.ts';
import { readGbcs } from './read.ts';

const inner = createAlert();

/**
 * Reads the GBCS payload of an envelope that is already in `into`. Device and code must be the envelope's;
 * message code and firmware are taken from it, and the time where the envelope gave none.
 */
export function readPayload(base64: string, into: Alert): RejectReason | null {
  const bytes = decodeBase64(base64);
  if (bytes === null) return 'invalid-payload';
  const reason = readGbcs(bytes, inner);
  if (reason !== null) return reason;
  if (!sameEui64(inner.device, into.device)) return 'payload-device-mismatch';
  if (inner.alertCode !== into.alertCode) return 'payload-code-mismatch';
  into.messageCode = inner.messageCode;
  into.firmware = inner.firmware;
  if (Number.isNaN(into.raisedAt)) into.raisedAt = inner.raisedAt;
  return null;
}
