import type { Alert } from '../alert.ts';

/** The three languages of alert bodies. */
export const GBCS_BODIES = ['dlms', 'asn1', 'zigbee'] as const;
/** DLMS and ASN.1 give a calendar time, ZigBee seconds since 2000. */
export type GbcsBody = (typeof GBCS_BODIES)[number];

/** As in GBCS, an alert is either authenticated by a MAC (non-critical) or signed (critical). */
export type GbcsProtection = 'mac' | 'signature';

const MAC_HEADER = 8;
const SECURITY_HEADER = 5;
const GROUPING_HEADER = 33;
const MAC = 12;
const SIGNATURE = 64;
const BODY_BYTES: Record<GbcsBody, number> = { dlms: 25, asn1: 24, zigbee: 9 };
const EPOCH_2000 = 946_684_800_000;

/**
 * An alert as a raw GBCS message. The device is the originator; `receivedAt` and `count` have no place in it.
 * Times keep hundredths of a second in DLMS, whole seconds in the others. Signature and MAC are of the right
 * size and hold zeros, as there are no keys to make them with.
 *
 * @throws RangeError for an alert code that isn't of a device, or a time before 2000 or after 2136 in ZigBee
 */
export function encodeGbcs(alert: Alert, body: GbcsBody, protection: GbcsProtection): Buffer {
  const bodyBytes = BODY_BYTES[body];
  const signature = protection === 'signature' ? SIGNATURE : 0;
  const message = GROUPING_HEADER + 1 + bodyBytes + 1 + signature;
  const start = protection === 'mac' ? MAC_HEADER + SECURITY_HEADER : 0;
  const into = Buffer.alloc(start + message + (protection === 'mac' ? MAC : 0));
  if (protection === 'mac') {
    into[0] = 0xdd;
    into[7] = SECURITY_HEADER + message + MAC;
    into[8] = 0x11;
  }
  const at = writeGroupingHeader(into, start, alert);
  into[at] = bodyBytes;
  WRITERS[body](into, at + 1, alert);
  into[at + 1 + bodyBytes] = signature;
  return into;
}

const WRITERS: Record<GbcsBody, (into: Buffer, at: number, alert: Alert) => void> = {
  dlms: writeDlms,
  asn1: writeAsn1,
  zigbee: writeZigbee,
};

function writeGroupingHeader(into: Buffer, start: number, alert: Alert): number {
  let at = into.writeUInt16BE(0xdf09, start);
  at = into.writeUInt8(3, at);
  at = into.writeUInt32BE(alert.counterHi, at);
  at = into.writeUInt32BE(alert.counterLo, at);
  for (const party of [alert.originator, alert.target]) {
    at = into.writeUInt8(8, at);
    at = into.writeUInt32BE(party.hi, at);
    at = into.writeUInt32BE(party.lo, at);
  }
  at = into.writeUInt16BE(0x0002, at);
  return into.writeUInt16BE(alert.messageCode, at);
}

function writeDlms(into: Buffer, start: number, alert: Alert): void {
  let at = into.writeUInt8(0x0f, start);
  // Long invoke id: its lower 24 bits are the counter's.
  at = into.writeUInt32BE((0x20000000 | (alert.counterLo & 0xffffff)) >>> 0, at);
  into.writeUIntBE(0x000202, at, 3);
  at = into.writeUInt8(0x12, at + 3);
  at = into.writeUInt16BE(deviceCode(alert), at);
  at = into.writeUInt16BE(0x090c, at);
  const time = new Date(alert.raisedAt);
  if (Number.isNaN(alert.raisedAt)) at = into.fill(0xff, at, at + 9) && at + 9;
  else {
    at = into.writeUInt16BE(time.getUTCFullYear(), at);
    at = into.writeUInt8(time.getUTCMonth() + 1, at);
    at = into.writeUInt8(time.getUTCDate(), at);
    at = into.writeUInt8(0xff, at);
    at = into.writeUInt8(time.getUTCHours(), at);
    at = into.writeUInt8(time.getUTCMinutes(), at);
    at = into.writeUInt8(time.getUTCSeconds(), at);
    at = into.writeUInt8(Math.floor(time.getUTCMilliseconds() / 10), at);
  }
  into.writeUIntBE(0x8000ff, at, 3);
}

function writeAsn1(into: Buffer, start: number, alert: Alert): void {
  const code = deviceCode(alert);
  let at = into.writeUInt16BE(0x3016, start);
  at = into.writeUInt16BE(0x0203, at);
  at = into.writeUInt8(0, at);
  at = into.writeUInt16BE(code, at);
  at = into.writeUInt16BE(0x180f, at);
  const time = Number.isNaN(alert.raisedAt)
    ? '99991231235959Z'
    : `${new Date(alert.raisedAt).toISOString().slice(0, 19).replace(/[-T:]/g, '')}Z`;
  into.write(time, at, 'latin1');
}

function writeZigbee(into: Buffer, start: number, alert: Alert): void {
  let at = into.writeUIntBE(0x010900, start, 3);
  at = into.writeUInt16BE(deviceCode(alert), at);
  const seconds = Math.floor((alert.raisedAt - EPOCH_2000) / 1000);
  into.writeUInt32BE(Number.isNaN(seconds) ? 0xffffffff : seconds, at);
}

function deviceCode(alert: Alert): number {
  const code = /^[0-9A-F]{4}$/.test(alert.alertCode) ? Number.parseInt(alert.alertCode, 16) : -1;
  if (code < 0)
    throw new RangeError(`alertCode "${alert.alertCode}": expected four hex digits in a GBCS alert`);
  return code;
}
