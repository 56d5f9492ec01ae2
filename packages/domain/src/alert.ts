import type { Eui64 } from './eui64.ts';

/** How an alert was written: our JSON, a DUIS response in XML, or a raw GBCS message. Told apart by content. */
export type Encoding = 'json' | 'duis' | 'gbcs';

/**
 * One alert message as decoded. The hot path fills one reused object again and again, so nothing may keep
 * a reference to it or to its three `Eui64` parts; after a rejection its contents mean nothing.
 */
export interface Alert {
  encoding: Encoding;
  /** The device that the alert is about; 0 where a DCC alert names none. */
  device: Eui64;
  /** The request id is originator:target:counter. */
  originator: Eui64;
  /** The party that the alert is addressed to; 0 = none. */
  target: Eui64;
  /** The unsigned 64-bit counter in two unsigned 32-bit halves. */
  counterHi: number;
  counterLo: number;
  /** Upper case and interned: four hex digits, or a DCC alert code such as `AD1`. */
  alertCode: string;
  /** GBCS message code; 0 when the message carries no GBCS payload. */
  messageCode: number;
  /** The version that an 8F8B reads out, its 4 bytes as an unsigned number; -1 where the message carries none. */
  firmware: number;
  /** The device's word: ms since the epoch, NaN when it gave no time, or none that can be stored. */
  raisedAt: number;
  /** When the network's own system took the alert, ms since the epoch. */
  receivedAt: number;
  /** How many alerts the message stands for, at least 1. */
  count: number;
}

/** An alert of no device and at no time, for `decode` to fill again and again. */
export function createAlert(): Alert {
  return {
    encoding: 'json',
    device: { hi: 0, lo: 0 },
    originator: { hi: 0, lo: 0 },
    target: { hi: 0, lo: 0 },
    counterHi: 0,
    counterLo: 0,
    alertCode: '0000',
    messageCode: 0,
    firmware: -1,
    raisedAt: Number.NaN,
    receivedAt: Number.NaN,
    count: 1,
  };
}
