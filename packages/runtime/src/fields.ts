import { z } from 'zod';

/** Fields of an environment: text in, a checked value out. Each says what it expected in one way only. */

/** Any text; `expected` is what a fault says. */
export function text(expected = 'expected a text'): z.ZodType<string> {
  return z.string({ error: expected });
}

/** A whole number from `min` to `max`, in plain decimal digits; `unit` is what a fault says was expected. */
export function integer(min: number, max: number = Number.MAX_SAFE_INTEGER, unit = 'a whole number') {
  const error = `expected ${unit}, ${min} to ${max}`;
  return z
    .string({ error })
    .regex(/^-?\d{1,15}$/, { error, abort: true })
    .transform(Number)
    .refine((value) => value >= min && value <= max, { error });
}

/** A plain decimal number such as `0.05`. */
export function decimal(min: number, max: number) {
  const error = `expected a number, ${min} to ${max}`;
  return z
    .string({ error })
    .regex(/^\d{1,15}(\.\d{1,9})?$/, { error, abort: true })
    .transform(Number)
    .refine((value) => value >= min && value <= max, { error });
}

/** A moment, `2020-07-07T10:00:00Z`, as milliseconds since the epoch. */
export function instant() {
  const error = 'expected a moment such as 2020-07-07T10:00:00Z';
  return z.iso.datetime({ offset: true, error, abort: true }).transform((value) => Date.parse(value));
}

/** A TCP port; 0 takes a free one. */
export function port() {
  return integer(0, 65_535, 'a port (0 takes a free one)');
}

/** `true` or `1`, `false` or `0`, as a boolean. */
export function flag() {
  return z
    .enum(['true', 'false', '1', '0'], { error: 'expected true or false' })
    .transform((value) => value === 'true' || value === '1');
}

/** One of these words, as it is written here. */
export function oneOf<const T extends readonly [string, ...string[]]>(values: T) {
  return z.enum(values, { error: `expected one of ${values.join(', ')}` });
}

/** A host name or an address that a server can listen on. */
export function host() {
  const error = 'expected a host name or an address such as 0.0.0.0';
  return z.string({ error }).regex(/^[A-Za-z0-9.:_-]{1,253}$/, { error });
}

/** An HTTP address; it may carry user and password. */
export function httpUrl() {
  const error = 'expected an address such as http://user:password@host:8123, without path or query';
  return z.url({ protocol: /^https?$/, error, abort: true }).refine(isBareAddress, { error });
}

function isBareAddress(value: string): boolean {
  const { pathname, search, hash, username, password } = new URL(value);
  try {
    decodeURIComponent(username + password);
  } catch {
    return false;
  }
  return pathname === '/' && search === '' && hash === '';
}

/** A name as Kafka takes it. */
export function topicName() {
  const error = 'expected a topic name: up to 249 letters, digits, dots, dashes and underscores';
  return z.string({ error }).regex(/^(?!\.{1,2}$)[A-Za-z0-9._-]{1,249}$/, { error });
}

/** A database name that needs no quotes in SQL. */
export function databaseName() {
  const error = 'expected a database name: letters, digits and underscores, beginning with no digit';
  return z.string({ error }).regex(/^[A-Za-z_][A-Za-z0-9_]{0,63}$/, { error });
}

/** A name without white space. */
export function identifier() {
  const error = 'expected a name without white space';
  return z.string({ error }).regex(/^\S{1,249}$/, { error });
}

/** `host:port,host:port` as a list. */
export function brokerList() {
  const error = 'expected host:port, several divided by commas';
  return z
    .string({ error })
    .transform((value) => value.split(',').map((item) => item.trim()))
    .refine(
      (items) =>
        items.every((item) => /^[^\s:,/@]+:\d{1,5}$/.test(item) && Number(item.split(':')[1]) <= 65_535),
      { error },
    );
}

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
/** The least level that is logged, as pino has them; `silent` logs nothing. */
export type LogLevel = (typeof LOG_LEVELS)[number];

/** A `LogLevel` by its name. */
export function logLevel() {
  return oneOf(LOG_LEVELS);
}
