import { parseEui64, plainEui64 } from '../eui64.ts';
import { decodeUtf8 } from '../text/utf8.ts';
import { INVENTORY_EVENT, type InventoryEvent } from './event.ts';

const MOST_BYTES = 64 * 1024;
const EARLIEST_MS = Date.UTC(1970, 0, 2);

/** How far ahead an event may hold, and from when that is counted. */
export interface EventLimits {
  /** ms since the epoch: the plan's time, not the clock's, so that a replay judges as the first try did. */
  readonly plannedAt: number;
  /** ms that an event may hold in the future: changes are announced, but clocks are wrong as well. */
  readonly announceMs: number;
}

/**
 * One event of the topic `inventory`, or the reason why it is not taken: `empty`, `too-large` (over 64 KiB),
 * `invalid-utf8`, `json-syntax`, `invalid-` and the field at fault (`invalid-device-id`; `invalid-event` also where
 * there is no object), `unknown-field` (its event has none of that name, so that what it says would be lost),
 * `key-mismatch` (the record's key is not the device's id), `effective-too-early` (before 2 January 1970) or
 * `effective-in-future` (later than may be announced). Never throws.
 *
 * @param key the record's; one that has none is taken as well
 */
export function readInventory(
  value: Uint8Array | null,
  key: Uint8Array | null,
  limits: EventLimits,
): InventoryEvent | string {
  const event = parse(value);
  if (typeof event === 'string') return event;
  if (isOfAnother(key, event.deviceId)) return 'key-mismatch';
  return validateEffectiveAt(event.effectiveAt, limits) ?? event;
}

/** Why an event can't hold from then on (ms since the epoch); null if it can. */
export function validateEffectiveAt(
  effectiveAt: number,
  { plannedAt, announceMs }: EventLimits,
): 'effective-too-early' | 'effective-in-future' | null {
  if (effectiveAt < EARLIEST_MS) return 'effective-too-early';
  return effectiveAt > plannedAt + announceMs ? 'effective-in-future' : null;
}

function parse(value: Uint8Array | null): InventoryEvent | string {
  if (!value || value.length === 0) return 'empty';
  if (value.length > MOST_BYTES) return 'too-large';
  const text = decodeUtf8(value);
  if (text === null) return 'invalid-utf8';
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return 'json-syntax';
  }
  const result = INVENTORY_EVENT.safeParse(json);
  if (result.success) return result.data;
  const issues = result.error.issues.filter(({ code }) => code !== 'unrecognized_keys');
  if (issues.length === 0) return 'unknown-field';
  const field = String(issues[0]?.path[0] ?? 'event');
  return `invalid-${field.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`)}`;
}

/** A key is the device's id in either of its forms, so that a device's events keep their order. */
function isOfAnother(key: Uint8Array | null, device: string): boolean {
  if (!key || key.length === 0) return false;
  const named = parseEui64(Buffer.from(key).toString());
  return named === null || plainEui64(named) !== device;
}
