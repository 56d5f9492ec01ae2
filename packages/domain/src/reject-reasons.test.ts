import { describe, expect, it } from 'vitest';
import { createAlert } from './alert.ts';
import { decode, MAX_MESSAGE_BYTES } from './decode.ts';
import { DUIS_NAMESPACE } from './duis/namespace.ts';
import { meaningOf, REJECT_REASONS, type RejectReason } from './reject-reasons.ts';
import { duisFixtures, gbcsVector, sampleJson } from './testing/samples.ts';
import { validateReceivedAt } from './validate.ts';

const GBCS = gbcsVector('GCA-DLMS');
const XML = duisFixtures().get('device-alert.xml')!.toString();
const PAYLOAD = GBCS.toString('base64');

function json(changes: Record<string, unknown>): Buffer {
  return Buffer.from(JSON.stringify({ ...sampleJson(), ...changes }));
}

function withByte(at: number, byte: number): Buffer {
  return Buffer.from(GBCS.map((old, i) => (i === at ? byte : old)));
}

type Given = Exclude<RejectReason, 'received-in-future' | 'too-late'>;

/** A message for each reason that reading can give: TypeScript sees to it that none is missing. */
const MESSAGES: Record<Given, Buffer | string> = {
  empty: ' \r\n\t ',
  'too-large': Buffer.alloc(MAX_MESSAGE_BYTES + 1, '{'),
  'unknown-encoding': 'hello',
  'invalid-utf8': Buffer.from([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x7d]),
  'json-syntax': '{',
  'invalid-request-id': json({ requestId: '1' }),
  'invalid-device-id': json({ deviceId: '1' }),
  'invalid-alert-code': json({ alertCode: '1' }),
  'invalid-raised-at': json({ raisedAt: '1' }),
  'invalid-received-at': json({ receivedAt: '1' }),
  'invalid-target': json({ target: '1' }),
  'target-mismatch': json({ target: '00-DB-12-34-56-78-90-A0' }),
  'invalid-count': json({ throttledAlertCount: 0 }),
  'invalid-payload': json({ gbcsPayload: '-' }),
  'payload-device-mismatch': json({ deviceId: '00-DB-12-34-56-78-90-A9', gbcsPayload: PAYLOAD }),
  'payload-code-mismatch': json({ alertCode: '8014', gbcsPayload: PAYLOAD }),
  'xml-syntax': '<',
  'xml-doctype': '<!DOCTYPE x><x/>',
  'xml-too-deep': `<Response xmlns="${DUIS_NAMESPACE}">${'<a>'.repeat(64)}`,
  'xml-too-many': `<Response xmlns="${DUIS_NAMESPACE}">${'<a/>'.repeat(1000)}`,
  'xml-namespace': '<Response/>',
  'duis-not-an-alert': `<Response xmlns="${DUIS_NAMESPACE}"/>`,
  'duis-ambiguous': XML.replace('</sr:Body>', '<sr:DCCAlertMessage/></sr:Body>'),
  'gbcs-truncated': GBCS.subarray(0, 40),
  'gbcs-trailing-bytes': Buffer.concat([GBCS, GBCS]),
  'gbcs-structure': withByte(11, 7),
  'gbcs-not-an-alert': withByte(2, 2),
  'gbcs-body': withByte(34, 0x99),
  'gbcs-time': withByte(49, 13),
};

describe('reject reasons', () => {
  it.each(Object.entries(MESSAGES))('%s can be given', (reason, message) => {
    expect(decode(Buffer.from(message), 0, createAlert())).toBe(reason);
  });

  it('has an example and a meaning for each', () => {
    expect([...Object.keys(MESSAGES), 'received-in-future', 'too-late'].sort()).toEqual(
      [...REJECT_REASONS].sort(),
    );
    for (const reason of REJECT_REASONS) {
      expect(reason).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
      expect(meaningOf(reason)).not.toBe('');
    }
  });
});

describe('validateReceivedAt', () => {
  const limits = { futureTolerance: 60_000, sealedBefore: 1000 };

  it.each([
    [1000, null],
    [999, 'too-late'],
    [160_000, null],
    [160_001, 'received-in-future'],
  ])('%d: %s', (receivedAt, reason) => expect(validateReceivedAt(receivedAt, 100_000, limits)).toBe(reason));
});
