/** What the readers of times return for bytes that are no time at all. */
export const NOT_AN_INSTANT = Number.NEGATIVE_INFINITY;

const DAY_MS = 86_400_000;
// The range of ClickHouse's DateTime64(3).
const EARLIEST = Date.UTC(1900, 0, 1);
const LATEST = Date.UTC(2300, 0, 1) - 1;

const DAYS_IN_MONTH = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** The moment itself, or NaN where the store could not hold it (years 1900 to 2299 are held). */
export function storable(ms: number): number {
  return ms >= EARLIEST && ms <= LATEST ? ms : Number.NaN;
}

/**
 * Milliseconds since the epoch of a civil time (proleptic Gregorian, seconds 0-59), or NOT_AN_INSTANT for
 * one that no calendar has, such as 30 February.
 */
export function instantOf(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
): number {
  if (month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59) return NOT_AN_INSTANT;
  if (day > DAYS_IN_MONTH[month]! && !(month === 2 && day === 29 && isLeap(year))) return NOT_AN_INSTANT;
  return daysSinceEpoch(year, month, day) * DAY_MS + hour * 3_600_000 + minute * 60_000 + second * 1000;
}

/**
 * Reads the ISO 8601 time that fills bytes[from, to): `2020-07-07T10:00:00`, a fraction of 1 to 9 digits or
 * none (cut to milliseconds), then `Z` or an offset `+01:00`. The zone is required: a time without one is
 * no moment. Returns ms since the epoch, NaN where the store could not hold it, else NOT_AN_INSTANT.
 */
export function readInstant(bytes: Uint8Array, from: number, to: number): number {
  if (to - from < 20) return NOT_AN_INSTANT;
  const year = twoDigits(bytes, from) * 100 + twoDigits(bytes, from + 2);
  const month = twoDigits(bytes, from + 5);
  const day = twoDigits(bytes, from + 8);
  const hour = twoDigits(bytes, from + 11);
  const minute = twoDigits(bytes, from + 14);
  const second = twoDigits(bytes, from + 17);
  if ((year | month | day | hour | minute | second) < 0) return NOT_AN_INSTANT;
  if (bytes[from + 4] !== 0x2d || bytes[from + 7] !== 0x2d || bytes[from + 10] !== 0x54)
    return NOT_AN_INSTANT;
  if (bytes[from + 13] !== 0x3a || bytes[from + 16] !== 0x3a) return NOT_AN_INSTANT;
  let at = from + 19;
  let fraction = 0;
  if (bytes[at] === 0x2e) {
    const first = ++at;
    for (let unit = 100; at < to && isDigit(bytes[at]!); at++, unit = Math.floor(unit / 10)) {
      fraction += (bytes[at]! - 0x30) * unit;
    }
    if (at === first || at - first > 9) return NOT_AN_INSTANT;
  }
  const offset = readOffset(bytes, at, to);
  const local = instantOf(year, month, day, hour, minute, second);
  if (offset === NOT_AN_INSTANT || local === NOT_AN_INSTANT) return NOT_AN_INSTANT;
  return storable(local + fraction - offset);
}

/** `Z` or `+hh:mm` filling bytes[at, to), in milliseconds. */
function readOffset(bytes: Uint8Array, at: number, to: number): number {
  if (to - at === 1) return bytes[at] === 0x5a ? 0 : NOT_AN_INSTANT;
  if (to - at !== 6 || bytes[at + 3] !== 0x3a) return NOT_AN_INSTANT;
  const sign = bytes[at] === 0x2b ? 1 : bytes[at] === 0x2d ? -1 : 0;
  const hours = twoDigits(bytes, at + 1);
  const minutes = twoDigits(bytes, at + 4);
  if (sign === 0 || hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return NOT_AN_INSTANT;
  return sign * (hours * 3_600_000 + minutes * 60_000);
}

/** The number in two decimal digits, negative if they aren't digits. */
export function twoDigits(bytes: Uint8Array, at: number): number {
  const tens = bytes[at]! - 0x30;
  const ones = bytes[at + 1]! - 0x30;
  return tens >>> 0 > 9 || ones >>> 0 > 9 ? -1_000_000 : tens * 10 + ones;
}

export function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** Days from 1970-01-01, by Hinnant's civil calendar arithmetic: years begin in March, eras have 400 years. */
function daysSinceEpoch(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}
