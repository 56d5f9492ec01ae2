import { hexValue } from './text/hex.ts';

/** An EUI-64 in two unsigned 32-bit halves: a number can't hold 64 bits, a bigint costs an allocation. */
export interface Eui64 {
  hi: number;
  lo: number;
}

const DASHED = 23;
const PLAIN = 16;
const DASH = 0x2d;
/** In place of a character that isn't ASCII. */
const NO_CHARACTER = 0xff;

/** Of the text that is parsed: a buffer of its own for each took half of the time that an inventory event takes. */
const digits = new Uint8Array(DASHED);

/** Two upper-case hex digits of each byte. */
const BYTE_HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).toUpperCase().padStart(2, '0'));

/**
 * Reads an EUI-64 that fills bytes[from, to): `00-DB-12-34-56-78-90-A0` or the same 16 digits without
 * dashes, in either case (DUIS ids made by the DCC itself arrive in lower case). False if it is neither.
 */
export function readEui64(bytes: Uint8Array, from: number, to: number, into: Eui64): boolean {
  const length = to - from;
  if (length !== DASHED && length !== PLAIN) return false;
  const step = length === DASHED ? 3 : 2;
  let faults = 0;
  let hi = 0;
  let lo = 0;
  for (let i = 0, at = from; i < 4; i++, at += step) {
    const left = hexValue(bytes[at]!) * 16 + hexValue(bytes[at + 1]!);
    const right = hexValue(bytes[at + 4 * step]!) * 16 + hexValue(bytes[at + 4 * step + 1]!);
    faults |= left | right;
    hi = (hi << 8) | left;
    lo = (lo << 8) | right;
  }
  // A byte that is no hex digit has a negative value, which the sign of the disjunction remembers.
  if (faults < 0) return false;
  if (step === 3) for (let at = from + 2; at < to; at += 3) if (bytes[at] !== DASH) return false;
  into.hi = hi >>> 0;
  into.lo = lo >>> 0;
  return true;
}

/** Null if the text is not an EUI-64 in one of the two forms of {@link readEui64}. */
export function parseEui64(text: string): Eui64 | null {
  const { length } = text;
  if (length > DASHED) return null;
  for (let i = 0; i < length; i++) digits[i] = Math.min(text.charCodeAt(i), NO_CHARACTER);
  const eui64 = { hi: 0, lo: 0 };
  return readEui64(digits, 0, length, eui64) ? eui64 : null;
}

/** `00-DB-12-34-56-78-90-A0` */
export function formatEui64(eui64: Eui64): string {
  return `${dashedHalf(eui64.hi)}-${dashedHalf(eui64.lo)}`;
}

/** `00DB1234567890A0`, as the store keeps it */
export function plainEui64(eui64: Eui64): string {
  return plainHalf(eui64.hi) + plainHalf(eui64.lo);
}

export function sameEui64(a: Eui64, b: Eui64): boolean {
  return a.hi === b.hi && a.lo === b.lo;
}

export function copyEui64(from: Eui64, into: Eui64): void {
  into.hi = from.hi;
  into.lo = from.lo;
}

function dashedHalf(half: number): string {
  return `${BYTE_HEX[half >>> 24]}-${BYTE_HEX[(half >>> 16) & 255]}-${BYTE_HEX[(half >>> 8) & 255]}-${BYTE_HEX[half & 255]}`;
}

function plainHalf(half: number): string {
  return `${BYTE_HEX[half >>> 24]}${BYTE_HEX[(half >>> 16) & 255]}${BYTE_HEX[(half >>> 8) & 255]}${BYTE_HEX[half & 255]}`;
}
