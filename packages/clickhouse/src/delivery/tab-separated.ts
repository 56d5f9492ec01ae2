const TAB = 0x09;
const LINE_FEED = 0x0a;
const BACKSLASH = 0x5c;
const LETTER_T = 0x74;
const LETTER_N = 0x6e;

/** Bytes as a TabSeparated field: whatever they are, they come back the same. */
export function escapeBytes(bytes: Uint8Array): Buffer {
  const escaped = Buffer.allocUnsafe(bytes.length * 2);
  let at = 0;
  for (const byte of bytes) {
    if (byte === TAB || byte === LINE_FEED || byte === BACKSLASH) {
      escaped[at++] = BACKSLASH;
      escaped[at++] = byte === TAB ? LETTER_T : byte === LINE_FEED ? LETTER_N : BACKSLASH;
    } else {
      escaped[at++] = byte;
    }
  }
  return escaped.subarray(0, at);
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\b': '\\b',
  '\f': '\\f',
  '\r': '\\r',
  '\n': '\\n',
  '\t': '\\t',
  '\0': '\\0',
  "'": "\\'",
  '\\': '\\\\',
};

/** A text as a TabSeparated field, the way ClickHouse itself writes it: what is read back compares as it stands. */
export function escapeText(text: string): string {
  return text.replace(/[\b\f\r\n\t\0'\\]/g, (character) => ESCAPES[character]!);
}

const EARLIEST_MS = Date.UTC(1900, 0, 1);
const LATEST_MS = Date.UTC(2299, 11, 31);

/** ms since the epoch as `2020-07-07 10:00:00.000`, UTC; what the store can't hold becomes the nearest it can. */
export function formatMoment(ms: number): string {
  return new Date(Math.min(Math.max(ms, EARLIEST_MS), LATEST_MS))
    .toISOString()
    .replace('T', ' ')
    .slice(0, -1);
}
