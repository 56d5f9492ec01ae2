import type { Alert, Eui64 } from '@tocsin/domain';
import type { Attribution } from './attribute.ts';
import type { Meaning } from './classify.ts';

const TAB = 0x09;
const LINE_FEED = 0x0a;
const COLON = 0x3a;
const ZERO = 0x30;
const DAY_MS = 86_400_000;
const HALF = 2 ** 32;

/** Two hex digits for each byte, as one 16-bit number in the order in which they are written. */
const HEX = Uint16Array.from({ length: 256 }, (_, byte) =>
  Buffer.from(byte.toString(16).padStart(2, '0').toUpperCase()).readUInt16BE(),
);

/** Room that a row's core can't exceed, beside its prefix. */
export const CORE_BYTES = 256;

/** `2020-07-07 ` of the days that were written last: alerts of a block share few. */
let cachedDay = Number.NaN;
let cachedDate = Buffer.alloc(0);

/**
 * Writes what the message itself says, tab separated, behind stream, partition, offset and plan time: straight from
 * numbers to bytes, because strings and their garbage were nearly half of the processor's time.
 * @returns the position after the core
 */
export function formatCore(
  to: Buffer,
  at: number,
  blockPrefix: Buffer,
  offset: number,
  planned: Buffer,
  alert: Alert,
): number {
  at += blockPrefix.copy(to, at);
  at = writeDecimal(to, at, offset);
  at = tab(to, at);
  at += planned.copy(to, at);
  at = tab(to, at);
  at = writeMoment(to, at, alert.receivedAt);
  at = tab(to, at);
  at = Number.isNaN(alert.raisedAt) ? writeNull(to, at) : writeMoment(to, at, alert.raisedAt);
  at = tab(to, at);
  at = tab(to, writeEui64(to, at, alert.device));
  at = tab(to, writeEui64(to, at, alert.originator));
  at = tab(to, writeEui64(to, at, alert.target));
  at = tab(to, writeCounter(to, at, alert.counterHi, alert.counterLo));
  at = tab(to, writeAscii(to, at, alert.alertCode));
  at = tab(to, writeDecimal(to, at, alert.messageCode));
  at = tab(to, writeDecimal(to, at, alert.count));
  return writeAscii(to, at, alert.encoding);
}

/** Room that what follows the core can't exceed, beside the meaning's columns. */
export const REST_BYTES = 32;

/**
 * Writes what follows the core: what is known of the device and what the alert means.
 * @returns the position after the row
 */
export function formatRest(
  to: Buffer,
  at: number,
  { hub, clockSuspect }: Attribution,
  { columns }: Meaning,
): number {
  at = tab(to, at);
  at = tab(to, writeEui64(to, at, hub));
  to[at] = clockSuspect ? ZERO + 1 : ZERO;
  at = tab(to, at + 1);
  at += columns.copy(to, at);
  to[at] = LINE_FEED;
  return at + 1;
}

function tab(to: Buffer, at: number): number {
  to[at] = TAB;
  return at + 1;
}

function writeNull(to: Buffer, at: number): number {
  to[at] = 0x5c;
  to[at + 1] = 0x4e;
  return at + 2;
}

function writeAscii(to: Buffer, at: number, text: string): number {
  for (let i = 0; i < text.length; i++) to[at + i] = text.charCodeAt(i);
  return at + text.length;
}

function writeEui64(to: Buffer, at: number, { hi, lo }: Eui64): number {
  return writeHalf(to, writeHalf(to, at, hi), lo);
}

function writeHalf(to: Buffer, at: number, half: number): number {
  for (let shift = 24; shift >= 0; shift -= 8) {
    const digits = HEX[(half >>> shift) & 0xff] as number;
    to[at++] = digits >>> 8;
    to[at++] = digits & 0xff;
  }
  return at;
}

function writeCounter(to: Buffer, at: number, hi: number, lo: number): number {
  const value = hi * HALF + lo;
  if (value <= Number.MAX_SAFE_INTEGER) return writeDecimal(to, at, value);
  return writeAscii(to, at, String((BigInt(hi) << 32n) | BigInt(lo)));
}

/** A whole number of at most 2^53. */
function writeDecimal(to: Buffer, at: number, value: number): number {
  let end = at + 1;
  for (let rest = value; rest >= 10; rest = Math.floor(rest / 10)) end++;
  let rest = value;
  for (let i = end - 1; i >= at; i--) {
    const tenth = Math.floor(rest / 10);
    to[i] = ZERO + (rest - tenth * 10);
    rest = tenth;
  }
  return end;
}

/** `2020-07-07 10:00:00.000` from ms since the epoch. */
function writeMoment(to: Buffer, at: number, ms: number): number {
  const day = Math.floor(ms / DAY_MS);
  if (day !== cachedDay) {
    cachedDay = day;
    cachedDate = Buffer.from(`${new Date(day * DAY_MS).toISOString().slice(0, 10)} `);
  }
  at += cachedDate.copy(to, at);
  const rest = ms - day * DAY_MS;
  const seconds = Math.floor(rest / 1000);
  at = writeTwo(to, at, Math.floor(seconds / 3600));
  to[at++] = COLON;
  at = writeTwo(to, at, Math.floor(seconds / 60) % 60);
  to[at++] = COLON;
  at = writeTwo(to, at, seconds % 60);
  to[at++] = 0x2e;
  const milli = Math.floor(rest - seconds * 1000);
  to[at++] = ZERO + Math.floor(milli / 100);
  return writeTwo(to, at, milli % 100);
}

function writeTwo(to: Buffer, at: number, value: number): number {
  const tens = Math.floor(value / 10);
  to[at] = ZERO + tens;
  to[at + 1] = ZERO + value - tens * 10;
  return at + 2;
}
