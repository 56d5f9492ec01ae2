import type { Alert } from '../alert.ts';
import { readEui64, sameEui64 } from '../eui64.ts';
import { readAlertCode } from '../text/alert-code.ts';
import { isDigit, NOT_AN_INSTANT, readInstant } from '../text/instant.ts';
import { readRequestId } from '../text/request-id.ts';

const QUOTE = 0x22;
const MAX_COUNT = 4_294_967_295;

const REQUEST_ID = 1;
const DEVICE_ID = 2;
const ALERT_CODE = 4;
const RAISED_AT = 8;
const RECEIVED_AT = 16;
const TARGET = 32;
const COUNT = 64;
const REQUIRED = REQUEST_ID | DEVICE_ID | ALERT_CODE | RAISED_AT | RECEIVED_AT;

const KEYS = [
  ['requestId', REQUEST_ID],
  ['deviceId', DEVICE_ID],
  ['alertCode', ALERT_CODE],
  ['raisedAt', RAISED_AT],
  ['receivedAt', RECEIVED_AT],
  ['target', TARGET],
  ['throttledAlertCount', COUNT],
] as const;

/** The keys' bytes by a perfect hash: length plus the third letter tells the seven apart. */
const TABLE: { bytes: Uint8Array; field: number }[] = Array.from({ length: 256 }, () => ({
  bytes: new Uint8Array(0),
  field: 0,
}));
for (const [key, field] of KEYS)
  TABLE[slot(key.length, key.charCodeAt(2))] = {
    bytes: Buffer.from(key),
    field,
  };

const target = { hi: 0, lo: 0 };

/**
 * The fast path of JSON: recognises our normal form in the message's bytes, without escapes, unknown or
 * repeated fields and payload, and fills `into` without allocating. False means only that the message is not
 * this plain; the full reader decides about it, and about everything that is wrong.
 */
export function recognise(bytes: Uint8Array, into: Alert): boolean {
  const end = bytes.length;
  let at = skipSpace(bytes, 0);
  if (bytes[at] !== 0x7b) return false;
  let seen = 0;
  do {
    at = skipSpace(bytes, at + 1);
    const key = at + 1;
    if (bytes[at] !== QUOTE) return false;
    at = closingQuote(bytes, key);
    const field = fieldOf(bytes, key, at);
    if (field === 0 || (seen & field) !== 0) return false;
    seen |= field;
    at = skipSpace(bytes, at + 1);
    if (bytes[at] !== 0x3a) return false;
    at = skipSpace(bytes, at + 1);
    if (field === COUNT) {
      at = readCount(bytes, at, into);
    } else {
      if (bytes[at] !== QUOTE) return false;
      const value = at + 1;
      at = closingQuote(bytes, value);
      if (!readField(field, bytes, value, at, into)) return false;
      at++;
    }
    if (at < 0) return false;
    at = skipSpace(bytes, at);
  } while (bytes[at] === 0x2c);
  if (bytes[at] !== 0x7d || skipSpace(bytes, at + 1) !== end) return false;
  if ((seen & REQUIRED) !== REQUIRED) return false;
  if ((seen & TARGET) !== 0 && !sameEui64(target, into.target)) return false;
  if ((seen & COUNT) === 0) into.count = 1;
  into.encoding = 'json';
  into.messageCode = 0;
  into.firmware = -1;
  return true;
}

function readField(field: number, bytes: Uint8Array, from: number, to: number, into: Alert): boolean {
  switch (field) {
    case REQUEST_ID:
      return readRequestId(bytes, from, to, into);
    case DEVICE_ID:
      return readEui64(bytes, from, to, into.device);
    case TARGET:
      return readEui64(bytes, from, to, target);
    case ALERT_CODE: {
      const code = readAlertCode(bytes, from, to);
      if (code !== null) into.alertCode = code;
      return code !== null;
    }
    case RAISED_AT:
      into.raisedAt = readInstant(bytes, from, to);
      return into.raisedAt !== NOT_AN_INSTANT;
    default:
      into.receivedAt = readInstant(bytes, from, to);
      return into.receivedAt > NOT_AN_INSTANT;
  }
}

/** A plain whole number from `at`; returns where it ends, -1 if it is none (of those that count). */
function readCount(bytes: Uint8Array, at: number, into: Alert): number {
  if (bytes[at] === 0x30) return -1;
  const first = at;
  let count = 0;
  while (at - first < 11 && isDigit(bytes[at]!)) count = count * 10 + (bytes[at++]! - 0x30);
  into.count = count;
  return count >= 1 && count <= MAX_COUNT ? at : -1;
}

function fieldOf(bytes: Uint8Array, from: number, to: number): number {
  const entry = TABLE[slot(to - from, bytes[from + 2]!)]!;
  if (entry.bytes.length !== to - from) return 0;
  for (let i = 0; i < entry.bytes.length; i++) if (bytes[from + i] !== entry.bytes[i]) return 0;
  return entry.field;
}

function slot(length: number, third: number): number {
  return (length * 16 + third) & 255;
}

/** The place of the next quotation mark, or the end of the bytes. Escapes need no thought: no field has one. */
function closingQuote(bytes: Uint8Array, at: number): number {
  while (at < bytes.length && bytes[at] !== QUOTE) at++;
  return at;
}

function skipSpace(bytes: Uint8Array, at: number): number {
  while (bytes[at] === 0x20 || bytes[at] === 0x0a || bytes[at] === 0x0d || bytes[at] === 0x09) at++;
  return at;
}
