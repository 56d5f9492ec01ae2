import { type Alert, createAlert } from '../alert.ts';
import type { Eui64 } from '../eui64.ts';
import { copyEui64 } from '../eui64.ts';
import type { RejectReason } from '../reject-reasons.ts';
import { readAsn1Body } from './asn1.ts';
import { readDlmsBody } from './dlms.ts';
import { Reader } from './reader.ts';
import { readZigbeeBody } from './zigbee.ts';

const MAC_HEADER = 0xdd;
const GROUPING_HEADER = 0xdf;
const MAC_BYTES = 12;
const ALERT = 3;

const reader = new Reader();
const scratch = createAlert();

/**
 * Reads a raw GBCS alert into `into`, all but `receivedAt`, which the encoding doesn't have. The device is
 * the originator. Every length must fit; signature and MAC are passed over, as their keys are not ours.
 */
export function readGbcs(value: Uint8Array, into: Alert): RejectReason | null {
  readFirst(value, into);
  if (reader.more) reader.fail('gbcs-trailing-bytes');
  return reader.fault;
}

/** The alerts that the bytes hold one after another, or null if they aren't wholly made of alerts. */
export function splitGbcs(bytes: Buffer): Buffer[] | null {
  const messages: Buffer[] = [];
  for (let rest = bytes; rest.length > 0; rest = rest.subarray(reader.at)) {
    readFirst(rest, scratch);
    if (reader.fault !== null) return null;
    messages.push(rest.subarray(0, reader.at));
  }
  return messages;
}

function readFirst(value: Uint8Array, into: Alert): void {
  reader.reset(value);
  into.encoding = 'gbcs';
  into.count = 1;
  into.firmware = -1;
  if (value[0] === MAC_HEADER) readAuthenticated(into);
  else readGrouping(into);
}

/** DLMS general ciphering with nothing in its header, then the security header, the message and its MAC. */
function readAuthenticated(into: Alert): void {
  reader.expect(MAC_HEADER, 'gbcs-structure');
  for (let empty = 0; empty < 6; empty++) reader.expect(0, 'gbcs-structure');
  const outer = reader.enter(reader.length());
  reader.expect(0x11, 'gbcs-structure');
  for (let counter = 0; counter < 4; counter++) reader.expect(0, 'gbcs-structure');
  const withMac = reader.enter(reader.end - reader.at - MAC_BYTES);
  readGrouping(into);
  reader.leave(withMac);
  reader.take(MAC_BYTES);
  reader.leave(outer);
}

/** DLMS general signing: who, to whom, the counter, the message code; then the body and the signature. */
function readGrouping(into: Alert): void {
  reader.expect(GROUPING_HEADER, 'gbcs-structure');
  reader.expect(9, 'gbcs-structure');
  const flag = reader.uint8();
  if (flag !== ALERT) reader.fail(flag === 1 || flag === 2 ? 'gbcs-not-an-alert' : 'gbcs-structure');
  into.counterHi = reader.uint32();
  into.counterLo = reader.uint32();
  readSystemTitle(into.originator);
  readSystemTitle(into.target);
  copyEui64(into.originator, into.device);
  reader.expect(0, 'gbcs-structure');
  // What may follow the message code in the other information names further parties; no alert needs it.
  const afterOther = reader.enter(reader.length());
  into.messageCode = reader.uint16();
  reader.take(reader.end - reader.at);
  reader.leave(afterOther);
  const afterBody = reader.enter(reader.length());
  readBody(into);
  reader.leave(afterBody);
  const signature = reader.length();
  if (signature !== 0 && signature !== 64) reader.fail('gbcs-structure');
  reader.take(signature);
}

function readBody(into: Alert): void {
  const first = reader.more ? reader.bytes[reader.at] : -1;
  if (first === 0x0f) readDlmsBody(reader, into);
  else if (first === 0x30) readAsn1Body(reader, into);
  else if (first === 0x01) readZigbeeBody(reader, into);
  else reader.fail('gbcs-body');
}

function readSystemTitle(into: Eui64): void {
  reader.expect(8, 'gbcs-structure');
  into.hi = reader.uint32();
  into.lo = reader.uint32();
}
