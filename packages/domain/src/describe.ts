import type { Alert, Encoding } from './alert.ts';
import { CATALOGUE } from './catalogue.ts';
import { type Eui64, formatEui64 } from './eui64.ts';
import { formatCounter, formatRequestId } from './text/request-id.ts';

/** An alert for people and scripts, as `tocsin decode` prints it. */
export interface AlertDescription {
  requestId: string;
  /** Null where a DCC alert names no device. */
  deviceId: string | null;
  /** Null where the alert is addressed to nobody. */
  target: string | null;
  alertCode: string;
  /** Null for a code outside the catalogue. */
  name: string | null;
  /** ISO 8601 in UTC; null where the device gave no time. */
  raisedAt: string | null;
  /** Decimal, in a string, as JSON's numbers lose what lies beyond 2^53. */
  counter: string;
  /** Four hex digits; null without a GBCS payload. */
  messageCode: string | null;
  encoding: Encoding;
}

/** Writes out an alert that was decoded; its name is that of the catalogue. */
export function describe(alert: Alert): AlertDescription {
  return {
    requestId: formatRequestId(alert),
    deviceId: nullable(alert.device),
    target: nullable(alert.target),
    alertCode: alert.alertCode,
    name: CATALOGUE.get(alert.alertCode)?.name ?? null,
    raisedAt: Number.isNaN(alert.raisedAt) ? null : new Date(alert.raisedAt).toISOString(),
    counter: formatCounter(alert.counterHi, alert.counterLo),
    messageCode:
      alert.messageCode === 0 ? null : alert.messageCode.toString(16).toUpperCase().padStart(4, '0'),
    encoding: alert.encoding,
  };
}

function nullable(eui64: Eui64): string | null {
  return eui64.hi === 0 && eui64.lo === 0 ? null : formatEui64(eui64);
}
