import type { Alert } from '../alert.ts';
import { formatEui64, readEui64 } from '../eui64.ts';
import { isDigit } from './instant.ts';

const COLON = 0x3a;
const TWO_32 = 4_294_967_296;

/** The part of an alert that a request id holds. */
export type RequestId = Pick<Alert, 'originator' | 'target' | 'counterHi' | 'counterLo'>;

/**
 * Reads `originator:target:counter` filling bytes[from, to): two EUI-64s of one form, then the counter in
 * decimal, 0 to 2^64-1. False if it is anything else.
 */
export function readRequestId(bytes: Uint8Array, from: number, to: number, into: RequestId): boolean {
  const size = bytes[from + 23] === COLON ? 23 : 16;
  const target = from + size + 1;
  const counter = target + size + 1;
  return (
    counter < to &&
    bytes[target - 1] === COLON &&
    bytes[counter - 1] === COLON &&
    readEui64(bytes, from, target - 1, into.originator) &&
    readEui64(bytes, target, counter - 1, into.target) &&
    readCounter(bytes, counter, to, into)
  );
}

/** `00-DB-12-34-56-78-90-A0:90-B3-D5-1F-30-01-00-00:1000` */
export function formatRequestId(id: RequestId): string {
  return `${formatEui64(id.originator)}:${formatEui64(id.target)}:${formatCounter(id.counterHi, id.counterLo)}`;
}

/** An unsigned 64-bit number, given in unsigned 32-bit halves, in decimal. */
export function formatCounter(hi: number, lo: number): string {
  return hi < 0x200000 ? String(hi * TWO_32 + lo) : String((BigInt(hi) << 32n) | BigInt(lo));
}

function readCounter(bytes: Uint8Array, from: number, to: number, into: RequestId): boolean {
  if (to - from < 1 || to - from > 20) return false;
  // Fifteen digits are exact in a number; only what is beyond them needs the carry between the halves.
  const exact = Math.min(to, from + 15);
  let value = 0;
  for (let at = from; at < exact; at++) {
    if (!isDigit(bytes[at]!)) return false;
    value = value * 10 + (bytes[at]! - 0x30);
  }
  let hi = Math.floor(value / TWO_32);
  let lo = value >>> 0;
  for (let at = exact; at < to; at++) {
    if (!isDigit(bytes[at]!)) return false;
    const next = lo * 10 + (bytes[at]! - 0x30);
    lo = next >>> 0;
    hi = hi * 10 + Math.floor(next / TWO_32);
  }
  if (hi >= TWO_32) return false;
  into.counterHi = hi;
  into.counterLo = lo;
  return true;
}
