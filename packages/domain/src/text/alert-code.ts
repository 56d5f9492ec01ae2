import { hexValue } from './hex.ts';
import { isDigit } from './instant.ts';

// Codes are interned, so that the hot path takes a string out of a table instead of making one.
const DEVICE_CODES: string[] = Array.from({ length: 65_536 }, (_, code) =>
  code.toString(16).toUpperCase().padStart(4, '0'),
);
const AD_CODES = Array.from({ length: 10 }, (_, number) => `AD${number}`);
const N_CODES = Array.from({ length: 1000 }, (_, number) => `N${number}`);

/** The four hex digits of a 16-bit device alert code. */
export function deviceAlertCode(code: number): string {
  return DEVICE_CODES[code]!;
}

/**
 * Reads the alert code that fills bytes[from, to): four hex digits of either case, `AD` and a digit, or `N`
 * and one to three digits. The catalogue has no say in it: codes outside it do arrive. Null if it is none.
 */
export function readAlertCode(bytes: Uint8Array, from: number, to: number): string | null {
  const length = to - from;
  if (bytes[from] === 0x4e) return readNumbered(bytes, from + 1, to);
  if (length === 4) {
    const code =
      hexValue(bytes[from]!) * 4096 +
      hexValue(bytes[from + 1]!) * 256 +
      hexValue(bytes[from + 2]!) * 16 +
      hexValue(bytes[from + 3]!);
    return code >= 0 ? DEVICE_CODES[code]! : null;
  }
  const isAd = length === 3 && bytes[from] === 0x41 && bytes[from + 1] === 0x44 && isDigit(bytes[from + 2]!);
  return isAd ? AD_CODES[bytes[from + 2]! - 0x30]! : null;
}

function readNumbered(bytes: Uint8Array, from: number, to: number): string | null {
  if (to - from < 1 || to - from > 3 || (bytes[from] === 0x30 && to - from > 1)) return null;
  let number = 0;
  for (let at = from; at < to; at++) {
    if (!isDigit(bytes[at]!)) return null;
    number = number * 10 + (bytes[at]! - 0x30);
  }
  return N_CODES[number]!;
}
