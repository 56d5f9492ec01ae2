import type { Alert } from '../alert.ts';
import { createAlert } from '../alert.ts';
import { copyEui64, parseEui64, sameEui64 } from '../eui64.ts';
import { readPayload } from '../gbcs/payload.ts';
import type { RejectReason } from '../reject-reasons.ts';
import { readAlertCode } from '../text/alert-code.ts';
import { readInstant } from '../text/instant.ts';
import { type RequestId, readRequestId } from '../text/request-id.ts';
import { decodeUtf8 } from '../text/utf8.ts';
import { type DuisAlert, parseDuis } from './parse.ts';

const HAS_ZONE = /(?:Z|[+-]\d\d:\d\d)$/;
const about = createAlert();

/**
 * Reads a DUIS response that is an alert: of a device (also its answer to a future-dated command), or of the
 * DCC. The id is the ResponseID, else the RequestID; `receivedAt` is ResponseDateTime.
 */
export function readDuis(value: Uint8Array, into: Alert): RejectReason | null {
  const xml = decodeUtf8(value);
  if (xml === null) return 'invalid-utf8';
  const duis = parseDuis(xml);
  if (typeof duis === 'string') return duis;
  into.encoding = 'duis';
  into.messageCode = 0;
  into.firmware = -1;
  into.raisedAt = Number.NaN;
  if (!fillRequestId(duis.responseId ?? duis.requestId ?? '', into)) return 'invalid-request-id';
  into.receivedAt = instant(duis.responseDateTime ?? '');
  if (!Number.isFinite(into.receivedAt)) return 'invalid-received-at';
  const code = Buffer.from(duis.code ?? '');
  const alertCode = readAlertCode(code, 0, code.length);
  if (alertCode === null) return 'invalid-alert-code';
  into.alertCode = alertCode;
  into.count = duis.count === undefined ? 1 : Number(/^\d{1,10}$/.test(duis.count) ? duis.count : 0);
  if (into.count < 1 || into.count > 4_294_967_295) return 'invalid-count';
  return duis.kind === 'DCCAlertMessage' ? fillDccDevice(duis, into) : fillDevice(duis, into);
}

/** A device alert's id goes from the device to the party. */
function fillDevice(duis: DuisAlert, into: Alert): RejectReason | null {
  copyEui64(into.originator, into.device);
  if (duis.payload === undefined) return null;
  const reason = readPayload(duis.payload, into);
  if (reason !== 'payload-device-mismatch' || duis.responseId !== undefined) return reason;
  // A RequestID goes the other way where it is that of the command which the device answers.
  copyEui64(into.target, into.device);
  return readPayload(duis.payload, into);
}

/**
 * A DCC alert's id goes from the DCC to the party; the device is named in its body, or is the target of the
 * service request that it is about. One that names none, or several, is nobody's in particular: device 0.
 */
function fillDccDevice(duis: DuisAlert, into: Alert): RejectReason | null {
  into.device.hi = 0;
  into.device.lo = 0;
  const named = duis.deviceIds.map(parseEui64);
  if (named.includes(null)) return 'invalid-device-id';
  for (const id of named.length > 0 ? [] : duis.aboutRequestIds) {
    if (fillRequestId(id, about)) named.push({ ...about.target });
  }
  const first = named[0];
  if (first && named.every((other) => sameEui64(first, other!))) copyEui64(first, into.device);
  return null;
}

function fillRequestId(text: string, into: RequestId): boolean {
  const bytes = Buffer.from(text);
  return readRequestId(bytes, 0, bytes.length, into);
}

/** Times in DUIS are UTC, so one without a zone, which its schema's type allows, is a moment all the same. */
function instant(text: string): number {
  const bytes = Buffer.from(HAS_ZONE.test(text) ? text : `${text}Z`);
  return readInstant(bytes, 0, bytes.length);
}
