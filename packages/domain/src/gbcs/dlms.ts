import type { Alert } from '../alert.ts';
import { deviceAlertCode } from '../text/alert-code.ts';
import { readDlmsDateTime } from './dlms-date-time.ts';
import type { Reader } from './reader.ts';

/**
 * A DLMS data notification: tag, long invoke id, a date-time that GBCS leaves empty, then one structure
 * whose first two members are the code (long unsigned) and the time (an octet string of 12).
 */
export function readDlmsBody(reader: Reader, into: Alert): void {
  reader.expect(0x0f, 'gbcs-body');
  reader.take(4);
  const dateTime = reader.uint8();
  if (dateTime !== 0 && dateTime !== 12) reader.fail('gbcs-body');
  reader.take(dateTime);
  reader.expect(0x02, 'gbcs-body');
  const members = reader.length();
  if (members < 2) reader.fail('gbcs-body');
  reader.expect(0x12, 'gbcs-body');
  into.alertCode = deviceAlertCode(reader.uint16());
  reader.expect(0x09, 'gbcs-body');
  reader.expect(12, 'gbcs-body');
  into.raisedAt = readDlmsDateTime(reader);
  // Further members are the use case's own, and not always DLMS data (8F84 carries ASN.1): only that there
  // are any is known.
  if (reader.more !== members > 2) reader.fail('gbcs-body');
  reader.take(reader.end - reader.at);
}
