import type { GbcsBody } from '@tocsin/domain';

/** A home has four devices; the hub is two of them. The order is a device's place in its home. */
export const DEVICE_KINDS = ['CHF', 'GPF', 'ESME', 'GSME'] as const;
export type DeviceKind = (typeof DEVICE_KINDS)[number];

/** Whom an alert is addressed to: import or gas supplier of the home, its network operator, its region's CSP. */
export type Role = 'supplier' | 'operator' | 'csp';

export interface CodeProfile {
  readonly code: string;
  readonly kind: DeviceKind;
  readonly role: Role;
  /** Its share among all messages, in thousandths. */
  readonly weight: number;
  /** GBCS message code where the alert comes in GBCS; null for a DCC alert, which never does. */
  readonly messageCode: number | null;
  /** The language of its body in GBCS. */
  readonly body: GbcsBody;
  /** The largest N of one message. */
  readonly maxCount: number;
}

const CRITICAL = 0x1000;
const NON_CRITICAL = 0x1001;

const code = (
  alertCode: string,
  kind: DeviceKind,
  role: Role,
  weight: number,
  messageCode: number | null,
  maxCount = 1,
  body: GbcsBody = kind === 'CHF' || kind === 'ESME' ? 'dlms' : 'zigbee',
): CodeProfile => ({ code: alertCode, kind, role, weight, messageCode, maxCount, body });

/**
 * What a day in the national network looks like, roughly: unauthorised access attempts and power factor
 * alerts flood, device logs and voltages make the background, safety alerts are rare.
 */
export const PROFILE: readonly CodeProfile[] = [
  code('8F3E', 'ESME', 'supplier', 400, CRITICAL, 20),
  code('8014', 'ESME', 'operator', 110, NON_CRITICAL, 5),
  code('8015', 'ESME', 'operator', 100, NON_CRITICAL, 5),
  code('8F12', 'CHF', 'csp', 120, 0x0018),
  code('8071', 'GPF', 'supplier', 30, 0x00b2, 1, 'asn1'),
  code('8F0A', 'ESME', 'supplier', 50, CRITICAL),
  code('8154', 'GSME', 'supplier', 40, NON_CRITICAL),
  code('8020', 'ESME', 'operator', 35, NON_CRITICAL),
  code('8028', 'ESME', 'operator', 35, NON_CRITICAL),
  code('8F36', 'ESME', 'operator', 20, 0x0067),
  code('AD1', 'CHF', 'operator', 20, null),
  code('810E', 'ESME', 'supplier', 15, NON_CRITICAL),
  code('8F72', 'ESME', 'supplier', 9, CRITICAL),
  code('8F3F', 'GSME', 'supplier', 8, CRITICAL),
  code('8F30', 'GSME', 'supplier', 4, CRITICAL),
  code('81A0', 'ESME', 'supplier', 2, 0x00f0),
  code('81B8', 'ESME', 'supplier', 1, NON_CRITICAL),
  // No catalogue knows it: makers' own codes do arrive.
  code('9F01', 'ESME', 'supplier', 1, NON_CRITICAL),
];

/** One entry for each thousandth of weight: a draw is one look-up. */
export const WEIGHTED: readonly CodeProfile[] = PROFILE.flatMap((entry) =>
  Array.from({ length: entry.weight }, () => entry),
);
