import type { Alert } from '../alert.ts';
import { deviceAlertCode } from '../text/alert-code.ts';
import { instantOf, isDigit, NOT_AN_INSTANT, storable, twoDigits } from '../text/instant.ts';
import type { Reader } from './reader.ts';

const SEQUENCE = 0x30;
const INTEGER = 0x02;
const GENERALIZED_TIME = 0x18;
const LONG_TAG = 0x1f;
const OCTET_STRING = 0x04;
/** Firmware version read (use case CS09): the version follows the time. */
const READ_VERSION = '8F8B';

/** A DER sequence that begins with the code, an INTEGER, and the time, a GeneralizedTime. */
export function readAsn1Body(reader: Reader, into: Alert): void {
  reader.expect(SEQUENCE, 'gbcs-body');
  const outer = reader.enter(reader.length());
  reader.expect(INTEGER, 'gbcs-body');
  into.alertCode = deviceAlertCode(readCode(reader));
  reader.expect(GENERALIZED_TIME, 'gbcs-body');
  into.raisedAt = readGeneralizedTime(reader);
  if (into.alertCode === READ_VERSION) into.firmware = peekVersion(reader);
  while (reader.more) skipElement(reader);
  reader.leave(outer);
}

/** A whole number of at most 16 bits: codes from 8000 on have a zero byte before them for the sign. */
function readCode(reader: Reader): number {
  const length = reader.length();
  if (length < 1 || length > 3) reader.fail('gbcs-body');
  const first = reader.uint8();
  if (first > 0x7f || (length === 3 && first !== 0)) reader.fail('gbcs-body');
  let code = first;
  for (let rest = length - 1; rest > 0 && reader.fault === null; rest--) code = code * 256 + reader.uint8();
  return code & 0xffff;
}

/** `YYYYMMDDHHMMSSZ`, perhaps with a fraction after the seconds; ms since the epoch. */
function readGeneralizedTime(reader: Reader): number {
  const length = reader.length();
  const from = reader.take(length);
  if (reader.fault !== null) return Number.NaN;
  const bytes = reader.bytes;
  const to = from + length;
  if (length < 15 || bytes[to - 1] !== 0x5a) return noTime(reader);
  const year = twoDigits(bytes, from) * 100 + twoDigits(bytes, from + 2);
  const month = twoDigits(bytes, from + 4);
  const day = twoDigits(bytes, from + 6);
  const hour = twoDigits(bytes, from + 8);
  const minute = twoDigits(bytes, from + 10);
  const second = twoDigits(bytes, from + 12);
  if ((year | month | day | hour | minute | second) < 0) return noTime(reader);
  const ms = instantOf(year, month, day, hour, minute, second);
  const fraction = readFraction(bytes, from + 14, to - 1);
  if (ms === NOT_AN_INSTANT || fraction < 0) return noTime(reader);
  return storable(ms + fraction);
}

/** A fraction of a second filling bytes[from, to), in whole milliseconds; -1 if it is none. */
function readFraction(bytes: Uint8Array, from: number, to: number): number {
  if (from === to) return 0;
  if (bytes[from] !== 0x2e || to - from < 2) return -1;
  let fraction = 0;
  for (let at = from + 1, unit = 100; at < to; at++, unit = Math.floor(unit / 10)) {
    if (!isDigit(bytes[at]!)) return -1;
    fraction += (bytes[at]! - 0x30) * unit;
  }
  return fraction;
}

function noTime(reader: Reader): number {
  reader.fail('gbcs-time');
  return Number.NaN;
}

/** The 4 bytes of a version, if that is what comes next; -1 otherwise. */
function peekVersion({ bytes, at, end, fault }: Reader): number {
  if (fault !== null || end - at < 6 || bytes[at] !== OCTET_STRING || bytes[at + 1] !== 4) return -1;
  return ((bytes[at + 2]! << 24) | (bytes[at + 3]! << 16) | (bytes[at + 4]! << 8) | bytes[at + 5]!) >>> 0;
}

/**
 * One further element of the sequence: its length must fit, its content is the use case's own, which GBCS
 * doesn't always write in DER.
 */
function skipElement(reader: Reader): void {
  const tag = reader.uint8();
  if ((tag & LONG_TAG) === LONG_TAG) while (reader.more && reader.uint8() > 0x7f);
  reader.take(reader.length());
}
