/**
 * Why a message is not counted: every reason there is, with its meaning. The names are stable, as they
 * stand in the store, on `alerts.rejected` and in metrics.
 */
const MEANINGS = {
  empty: 'the message has no bytes but white space',
  'too-large': 'the message is larger than 1 MiB, so it is not looked into',
  'unknown-encoding': 'the message begins as neither JSON, XML nor GBCS does',
  'invalid-utf8': 'the text is not UTF-8',
  'json-syntax': 'the text begins as a JSON object but is not JSON',
  'invalid-request-id':
    'requestId (in DUIS ResponseID, else RequestID) is missing or not originator:target:counter',
  'invalid-device-id': 'deviceId is missing or not an EUI-64',
  'invalid-alert-code': 'the alert code is missing or neither four hex digits nor a DCC alert code',
  'invalid-raised-at': 'raisedAt is missing or neither a time with a zone nor null',
  'invalid-received-at':
    'receivedAt (in DUIS ResponseDateTime) is missing, not a time with a zone, or beyond 1900 to 2299',
  'invalid-target': 'target is not an EUI-64',
  'target-mismatch': 'target differs from the target in the request id',
  'invalid-count': 'throttledAlertCount is not a whole number from 1 to 4294967295',
  'invalid-payload': 'the GBCS payload is not base64',
  'payload-device-mismatch': 'the GBCS payload comes from another device than the envelope names',
  'payload-code-mismatch': 'the GBCS payload holds another alert code than the envelope names',
  'xml-syntax': 'the text begins as XML but is not well formed',
  'xml-doctype': 'the XML has a document type declaration, which no DUIS message has',
  'xml-too-deep': 'the XML is nested deeper than 64 elements',
  'xml-too-many': 'the XML has more than 1,000 elements or 1,000 attributes',
  'xml-namespace': 'the XML root is not a Response in the DUIS namespace',
  'duis-not-an-alert': 'the DUIS response holds no alert',
  'duis-ambiguous': 'the DUIS response holds more than one alert, or a field of it twice',
  'gbcs-truncated': 'the GBCS message ends before its lengths say',
  'gbcs-trailing-bytes': 'the GBCS message has bytes after what its lengths say',
  'gbcs-structure': 'the GBCS message breaks the structure of its MAC header, grouping header or signature',
  'gbcs-not-an-alert': 'the GBCS message is a command or a response',
  'gbcs-body': 'the body of the GBCS alert is not a DLMS, ASN.1 or ZigBee alert with a code and a time',
  'gbcs-time': 'the GBCS alert has a time that no calendar has',
  'received-in-future': 'receivedAt is later than the clock allows',
  'too-late': 'receivedAt lies beyond retention: its day is sealed',
} as const;

/** By which a message's rejection is stored, counted and looked up with `meaningOf`. */
export type RejectReason = keyof typeof MEANINGS;

/** All of them, for whoever has to know each; `meaningOf` tells what one says. */
export const REJECT_REASONS = Object.keys(MEANINGS) as readonly RejectReason[];

/** One sentence for a person: what the reason says about the message. */
export function meaningOf(reason: RejectReason): string {
  return MEANINGS[reason];
}
