import { createHash } from 'node:crypto';
import { formatEui64, INVENTORY_EVENT, parseEui64, validateEffectiveAt } from '@tocsin/domain';
import type { InstantReader } from './instant.ts';
import { type Fault, given, type RowReader } from './row.ts';

const FORMS = new Map(INVENTORY_EVENT.options.map(({ shape }) => [shape.event.value, Object.keys(shape)]));
const EVENTS = [...FORMS.keys()];
const FIELDS = [...new Set([...FORMS.values()].flat())].filter((field) => field !== 'v');
/** Parties of which `none` says that the device has none; nothing says that the row is silent about it. */
const PARTIES = ['supplier', 'gasSupplier', 'networkOperator'];

export interface InventoryRowOptions {
  readonly readInstant: InstantReader;
  /** ms that an event may hold in the future, as the inventory service has it. */
  readonly announceMs: number;
  readonly now: () => number;
}

/**
 * Rows as messages of the topic `inventory`, checked as the inventory service checks them. A row without an eventId
 * gets one from what it says, so that the same row is the same event, however often it is imported.
 */
export function inventoryRows({ readInstant, announceMs, now }: InventoryRowOptions): RowReader {
  return {
    fields: FIELDS,
    required: ['deviceId', 'effectiveAt', 'event'],
    read(values) {
      const message: Record<string, unknown> = { v: 1, ...given(values) };
      const fault = (field: string, expected: string): Fault => ({
        field,
        value: values[field] ?? '',
        expected,
      });
      const form = FORMS.get(values.event as (typeof EVENTS)[number]);
      if (form === undefined) return { faults: [fault('event', `one of ${EVENTS.join(', ')}`)] };
      const faults = Object.keys(message)
        .filter((field) => !form.includes(field))
        .map((field) => fault(field, `nothing: ${values.event} has no such field`));
      for (const party of PARTIES) if (message[party] === 'none') message[party] = null;
      if (values.effectiveAt) {
        const instant = readInstant(values.effectiveAt);
        if ('iso' in instant) message.effectiveAt = instant.iso;
        else return { faults: [...faults, fault('effectiveAt', instant.expected)] };
      }
      message.eventId ??= idOf(message);
      const parsed = INVENTORY_EVENT.safeParse(message);
      for (const { code, path, message: expected } of parsed.error?.issues ?? []) {
        // Said already, by field.
        if (code === 'unrecognized_keys') continue;
        const field = String(path[0]);
        faults.push(fault(field, values[field] ? plain(expected) : `a value: ${values.event} needs one`));
      }
      if (parsed.success && validateEffectiveAt(parsed.data.effectiveAt, { plannedAt: now(), announceMs }))
        faults.push(fault('effectiveAt', 'a time from 1970 to what may be announced (ANNOUNCE_DAYS)'));
      if (!parsed.success || faults.length > 0) return { faults };
      const device = parseEui64(parsed.data.deviceId)!;
      return {
        key: formatEui64(device),
        value: Buffer.from(JSON.stringify({ ...message, deviceId: formatEui64(device) })),
      };
    },
  };
}

/** Of what the row says, in whatever order its columns stand. */
function idOf(message: Readonly<Record<string, unknown>>): string {
  const fields = Object.keys(message)
    .sort()
    .map((field) => [field, spelled(field, message[field])]);
  return `import-${createHash('sha256').update(JSON.stringify(fields)).digest('hex').slice(0, 32)}`;
}

function spelled(field: string, value: unknown): unknown {
  const eui64 = field === 'deviceId' || field === 'hub' ? parseEui64(String(value)) : null;
  return eui64 === null ? value : formatEui64(eui64);
}

/** `Invalid option: expected one of "a"|"b"` without what the list of faults says anyway. */
const plain = (message: string) => message.replace(/^(Invalid .*: )?expected /, '');
