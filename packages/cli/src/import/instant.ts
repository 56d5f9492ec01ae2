const FORM =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?\s?(Z|[+-]\d\d:?\d\d)?$/i;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** No zone changes its offset within one. */
const STEP_MS = 15 * MINUTE_MS;

type Instant = { readonly iso: string } | { readonly expected: string };

/** Reads times as operators' files have them. */
export type InstantReader = (text: string) => Instant;

/**
 * Takes `2020-07-07T10:00:00.250+01:00`, with a space for the T, without seconds or without a time of day; a fraction
 * is cut to milliseconds. A time without an offset is one of `timeZone`; there it must have come once: neither in the
 * hour that clocks skip nor in the one that they repeat.
 *
 * @param timeZone IANA name such as `Europe/London`; null: a time without an offset is no instant
 * @throws RangeError for a zone that nobody knows
 */
export function createInstantReader(timeZone: string | null): InstantReader {
  const offsetAt = timeZone === null ? null : createOffsets(timeZone);
  return (text) => {
    const found = FORM.exec(text);
    const local = found === null ? Number.NaN : civil(found.slice(1, 8));
    if (found === null || Number.isNaN(local)) return { expected: 'a time such as 2020-07-07T10:00:00Z' };
    const offset = found[8];
    if (offset !== undefined) return at(local - offsetOf(offset));
    if (offsetAt === null) return { expected: 'a time with its offset, or --time-zone' };
    const offsets = new Set([offsetAt(local - DAY_MS), offsetAt(local + DAY_MS)]);
    const instants = [...offsets].map((one) => local - one).filter((ms) => local - offsetAt(ms) === ms);
    if (instants.length === 1) return at(instants[0]!);
    const often = instants.length === 0 ? 'clocks skip this one' : 'this one comes twice';
    return { expected: `a time that ${timeZone} has once (${often}): give its offset` };
  };
}

const at = (ms: number): Instant => ({ iso: new Date(ms).toISOString() });

/** A civil time as if it were UTC, in ms; NaN where no calendar has it. */
function civil([
  year,
  month,
  day,
  hour = '00',
  minute = '00',
  second = '00',
  fraction = '',
]: string[]): number {
  const ms = fraction.padEnd(3, '0').slice(0, 3);
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}.${ms}Z`;
  const parsed = Date.parse(iso);
  // A date such as 30 February is carried over to the next month, not refused.
  return !Number.isNaN(parsed) && new Date(parsed).toISOString() === iso ? parsed : Number.NaN;
}

/** `Z`, `+01:00` or `+0100` in ms. */
function offsetOf(text: string): number {
  if (text.length === 1) return 0;
  const minutes = Number(text.slice(1, 3)) * 60 + Number(text.slice(-2));
  return (text[0] === '-' ? -1 : 1) * minutes * MINUTE_MS;
}

/** The offset of a zone at an instant, ms. A formatter takes microseconds, so what it said is kept. */
function createOffsets(timeZone: string): (ms: number) => number {
  const formatter = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  const known = new Map<number, number>();
  return (ms) => {
    const step = Math.floor(ms / STEP_MS) * STEP_MS;
    let offset = known.get(step);
    if (offset === undefined) {
      const parts = Object.fromEntries(formatter.formatToParts(step).map(({ type, value }) => [type, value]));
      const { year, month, day, hour, minute, second } = parts;
      offset = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`) - step;
      known.set(step, offset);
    }
    return offset;
  };
}
