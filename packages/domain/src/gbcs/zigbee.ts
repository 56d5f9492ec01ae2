import type { Alert } from '../alert.ts';
import { deviceAlertCode } from '../text/alert-code.ts';
import type { Reader } from './reader.ts';

const SECONDS_TO_2000 = 946_684_800;
/** ZigBee's UTCTime has this for "no time". */
const NO_TIME = 0xffffffff;

/** GBZ alert: profile 0109, number of components, code, UTC seconds since 2000, what the use case adds. */
export function readZigbeeBody(reader: Reader, into: Alert): void {
  reader.expect(0x01, 'gbcs-body');
  reader.expect(0x09, 'gbcs-body');
  reader.uint8();
  into.alertCode = deviceAlertCode(reader.uint16());
  const seconds = reader.uint32();
  into.raisedAt = seconds === NO_TIME ? Number.NaN : (seconds + SECONDS_TO_2000) * 1000;
  reader.take(reader.end - reader.at);
}
