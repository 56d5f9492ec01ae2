import { describe, expect, it } from 'vitest';
import { createAlert } from '../alert.ts';
import { decode } from '../decode.ts';
import type { RejectReason } from '../reject-reasons.ts';
import { gbcsVector, sampleAlert, sampleJson } from '../testing/samples.ts';

const into = createAlert();

function decodeJson(changes: Record<string, unknown>): RejectReason | null {
  return decode(Buffer.from(JSON.stringify({ ...sampleJson(), ...changes })), 0, into);
}

/** The sample without a field, as text. */
function without(field = ''): string {
  return JSON.stringify({ ...sampleJson(), [field]: undefined });
}

describe('JSON', () => {
  it.each<[RejectReason, Record<string, unknown>]>([
    ['invalid-request-id', { requestId: undefined }],
    ['invalid-request-id', { requestId: 1000 }],
    ['invalid-request-id', { requestId: '00-DB-12-34-56-78-90-A0:1000' }],
    ['invalid-device-id', { deviceId: null }],
    ['invalid-device-id', { deviceId: '00-DB' }],
    ['invalid-alert-code', { alertCode: 0x8f3e }],
    ['invalid-alert-code', { alertCode: '8F3' }],
    ['invalid-raised-at', { raisedAt: undefined }],
    ['invalid-raised-at', { raisedAt: 1594116000000 }],
    ['invalid-raised-at', { raisedAt: '2020-07-07T10:00:00' }],
    ['invalid-received-at', { receivedAt: undefined }],
    ['invalid-received-at', { receivedAt: null }],
    ['invalid-received-at', { receivedAt: '2020-02-30T10:00:00Z' }],
    ['invalid-received-at', { receivedAt: '2300-01-01T00:00:00Z' }],
    ['invalid-target', { target: 5 }],
    ['invalid-target', { target: 'nobody' }],
    ['target-mismatch', { target: '90-B3-D5-1F-30-01-00-01' }],
    ['invalid-count', { throttledAlertCount: 0 }],
    ['invalid-count', { throttledAlertCount: -1 }],
    ['invalid-count', { throttledAlertCount: 1.5 }],
    ['invalid-count', { throttledAlertCount: 4_294_967_296 }],
    ['invalid-count', { throttledAlertCount: '3' }],
    ['invalid-payload', { gbcsPayload: 7 }],
    ['invalid-payload', { gbcsPayload: '' }],
    ['invalid-payload', { gbcsPayload: '3wkD*' }],
    ['gbcs-truncated', { gbcsPayload: '3wkD' }],
  ])('%s: %j', (reason, changes) => expect(decodeJson(changes)).toBe(reason));

  it('ignores fields that it does not know, whatever they hold', () => {
    expect(decodeJson({ note: { deep: [1, '\ud800'] }, constructor: 1, toString: null })).toBeNull();
    expect(into).toEqual(sampleAlert());
    const polluted = Buffer.from(
      JSON.stringify({ ...sampleJson() }).replace('{', '{"__proto__":{"deviceId":"x"},'),
    );
    expect(decode(polluted, 0, into)).toBeNull();
    expect(into).toEqual(sampleAlert());
  });

  it('takes no field from a prototype', () => {
    const inherited = `{"__proto__":${JSON.stringify(sampleJson())}}`;
    expect(decode(Buffer.from(inherited), 0, into)).toBe('invalid-request-id');
  });

  it('takes the last of a repeated field, as JSON.parse does', () => {
    const twice = JSON.stringify(sampleJson()).replace('{', '{"alertCode":"8014",');
    expect(decode(Buffer.from(twice), 0, into)).toBeNull();
    expect(into.alertCode).toBe('8F3E');
  });

  it('takes null, and years that can not be stored, for no time of the device', () => {
    expect(decodeJson({ raisedAt: null })).toBeNull();
    expect(into.raisedAt).toBeNaN();
    expect(decodeJson({ raisedAt: '1601-01-01T00:00:00Z' })).toBeNull();
    expect(into.raisedAt).toBeNaN();
  });

  it('takes a byte order mark, and escapes in any string', () => {
    const escaped = JSON.stringify(sampleJson()).replace('8F3E', '\\u0038\\u0046\\u0033\\u0045');
    expect(decode(Buffer.from(`\uFEFF${escaped}`), 0, into)).toBeNull();
    expect(into).toEqual(sampleAlert());
  });

  it.each<[string, RejectReason | null, string]>([
    ['open brackets', 'json-syntax', '{"a":'.repeat(200_000)],
    ['deep nesting', 'invalid-request-id', `{"a":${'['.repeat(500_000)}${']'.repeat(500_000)}}`],
    ['many fields', 'invalid-request-id', `{${Array.from({ length: 90_000 }, (_, i) => `"${i}":0`)}}`],
    [
      'a long number',
      'invalid-count',
      `{"throttledAlertCount":${'9'.repeat(1_000_000)},${without().slice(1)}`,
    ],
    [
      'a long string',
      'invalid-request-id',
      `{"requestId":"${'0'.repeat(1_000_000)}",${without('requestId').slice(1)}`,
    ],
    ['a long payload', 'invalid-payload', `{"gbcsPayload":"${'A '.repeat(500_000)}!",${without().slice(1)}`],
    ['white space', null, `${without()}${' '.repeat(1_000_000)}`],
    ['an unpaired surrogate', 'invalid-device-id', `{"deviceId":"\\udc00",${without('deviceId').slice(1)}`],
  ])('%s, and does not hang', (_, reason, text) => {
    const start = performance.now();
    expect(decode(Buffer.from(text), 0, into)).toBe(reason);
    // What grows with the square of a message takes minutes; on a busy machine anything takes a second.
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  describe('with a GBCS payload', () => {
    const gbcsPayload = gbcsVector('MIIWA-DLMS').toString('base64');

    it('takes the message code from it, the rest from the envelope', () => {
      expect(decodeJson({ alertCode: '81A0', gbcsPayload })).toBeNull();
      expect(into).toEqual(sampleAlert({ alertCode: '81A0', messageCode: 0xf0 }));
    });

    it('takes the time from it where the envelope has none', () => {
      expect(decodeJson({ alertCode: '81a0', raisedAt: null, gbcsPayload })).toBeNull();
      expect(into.raisedAt).toBe(Date.UTC(2015, 0, 1));
    });

    it('refuses a payload of another device or code', () => {
      expect(decodeJson({ alertCode: '81A1', gbcsPayload })).toBe('payload-code-mismatch');
      const deviceId = '00-DB-12-34-56-78-90-A1';
      expect(decodeJson({ alertCode: '81A0', deviceId, gbcsPayload })).toBe('payload-device-mismatch');
    });
  });
});
