import { z } from 'zod';
import { CREDENTIALS, DEVICE_KINDS, HAN_STATES, REGIONS } from '../device.ts';
import { parseEui64, plainEui64 } from '../eui64.ts';
import { readAlertCode } from '../text/alert-code.ts';

const eui64 = z.string().transform((value, context) => {
  const parsed = parseEui64(value);
  if (parsed) return plainEui64(parsed);
  context.addIssue({ code: 'custom', message: 'expected an EUI-64 such as 00-DB-12-34-56-78-90-A0' });
  return z.NEVER;
});
const instant = z.iso.datetime({ offset: true }).transform((value) => Date.parse(value));
const word = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[\x20-\x7e]+$/, 'expected printable ASCII');
const version = z
  .string()
  .regex(/^\d+(\.\d+){0,5}$/, 'expected dotted numbers such as 2.02.6')
  .max(32);
/** A party's id in the registry; null where the device has none in that role. */
const party = word.nullable();

/** What every event has. */
const base = {
  /** Version of this form. */
  v: z.literal(1),
  /** Says the same event of the device the same way, however often it is sent. */
  eventId: word,
  deviceId: eui64,
  /** From when on it holds, ISO 8601 with a zone. */
  effectiveAt: instant,
};

/** Attributes that an installation gives and that other events change. All but the kind may be left out. */
const installed = z.strictObject({
  ...base,
  event: z.literal('installed'),
  kind: z.enum(DEVICE_KINDS),
  manufacturer: word.optional(),
  model: word.optional(),
  firmware: version.optional(),
  smets: z.enum(['SMETS1', 'SMETS2']).optional(),
  cohort: word.optional(),
  region: z.enum(REGIONS).optional(),
  /** The CHF whose HAN the device is on. */
  hub: eui64.optional(),
  hubRelease: z.enum(['1', '2']).optional(),
  supplier: party.optional(),
  gasSupplier: party.optional(),
  networkOperator: party.optional(),
  hanState: z.enum(HAN_STATES).optional(),
  credentials: z.enum(CREDENTIALS).optional(),
});

/** Of either case, as on `alerts`. */
const code = z.string().transform((value, context) => {
  const bytes = Buffer.from(value);
  const parsed = readAlertCode(bytes, 0, bytes.length);
  if (parsed !== null) return parsed;
  context.addIssue({ code: 'custom', message: 'expected an alert code such as 8014' });
  return z.NEVER;
});

/**
 * One message of the topic `inventory` (JSON; key: the device id, as on `alerts`), told apart by `event`. Parsed:
 * EUI-64s as 16 upper-case hex digits, alert codes as the catalogue has them, times in ms since the epoch. A field that
 * an event doesn't have is a fault.
 */
export const INVENTORY_EVENT = z.discriminatedUnion('event', [
  installed,
  z.strictObject({ ...base, event: z.literal('commissioned') }),
  z.strictObject({ ...base, event: z.literal('joined'), hub: eui64 }),
  z.strictObject({ ...base, event: z.literal('firmware-downloaded'), version }),
  z.strictObject({ ...base, event: z.literal('firmware-activated'), version }),
  z.strictObject({
    ...base,
    event: z.literal('firmware-failed'),
    version,
    phase: z.enum(['download', 'activation']),
    /** `han-unstable` says of the HAN what a han-state would. */
    reason: word,
  }),
  z
    .strictObject({
      ...base,
      event: z.literal('supplier-changed'),
      supplier: party.optional(),
      gasSupplier: party.optional(),
    })
    .refine(({ supplier, gasSupplier }) => supplier !== undefined || gasSupplier !== undefined, {
      path: ['supplier'],
      error: 'expected supplier, gasSupplier or both',
      // A misspelt one is told as that.
      when: ({ issues }) => issues.length === 0,
    }),
  z.strictObject({ ...base, event: z.literal('network-operator-changed'), networkOperator: party }),
  z.strictObject({
    ...base,
    event: z.literal('credentials'),
    /** The role whose credentials on the device are meant. */
    role: z.enum(['supplier', 'gas-supplier', 'network-operator']),
    credentials: z.enum(CREDENTIALS),
  }),
  z.strictObject({ ...base, event: z.literal('han-state'), hanState: z.enum(HAN_STATES) }),
  z.strictObject({
    ...base,
    event: z.literal('alert-behaviour'),
    code,
    setting: z.enum(['on', 'off']),
    /** Service Request that set (6.22) or read (6.2.10) it. */
    via: z.enum(['6.22', '6.2.10']),
  }),
  z.strictObject({ ...base, event: z.literal('decommissioned') }),
]);

/** As produced. */
export type InventoryMessage = z.input<typeof INVENTORY_EVENT>;
/** As parsed. */
export type InventoryEvent = z.output<typeof INVENTORY_EVENT>;
