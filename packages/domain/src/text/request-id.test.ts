import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAlert } from '../alert.ts';
import { formatCounter, formatRequestId, readRequestId } from './request-id.ts';

const DEVICE = '00-DB-12-34-56-78-90-A0';
const PARTY = '90-B3-D5-1F-30-01-00-00';

function read(text: string): string | null {
  const bytes = Buffer.from(`"${text}"`);
  const alert = createAlert();
  return readRequestId(bytes, 1, bytes.length - 1, alert) ? formatRequestId(alert) : null;
}

describe('request id', () => {
  it.each(['0', '1', '4294967295', '4294967296', '9007199254740993', '18446744073709551615'])(
    'keeps the counter %s',
    (counter) => expect(read(`${DEVICE}:${PARTY}:${counter}`)).toBe(`${DEVICE}:${PARTY}:${counter}`),
  );

  it('keeps every 64-bit counter', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (counter) => {
        expect(read(`${DEVICE}:${PARTY}:${counter}`)).toBe(`${DEVICE}:${PARTY}:${counter}`);
        expect(formatCounter(Number(counter >> 32n), Number(counter & 0xffffffffn))).toBe(`${counter}`);
      }),
    );
  });

  it('reads ids without dashes, and counters with leading zeros', () => {
    expect(read('00db1234567890a0:90b3d51f30010000:007')).toBe(`${DEVICE}:${PARTY}:7`);
  });

  it.each([
    '',
    ':',
    '::',
    `${DEVICE}:${PARTY}`,
    `${DEVICE}:${PARTY}:`,
    `${DEVICE}::1`,
    `:${PARTY}:1`,
    `${DEVICE}:${PARTY}:-1`,
    `${DEVICE}:${PARTY}:+1`,
    `${DEVICE}:${PARTY}:1.0`,
    `${DEVICE}:${PARTY}:1e3`,
    `${DEVICE}:${PARTY}:0x1`,
    `${DEVICE}:${PARTY}: 1`,
    `${DEVICE}:${PARTY}:1:2`,
    `${DEVICE}:${PARTY}:18446744073709551616`,
    `${DEVICE}:${PARTY}:99999999999999999999`,
    `${DEVICE}:${PARTY}:000000000000000000001`,
    `${DEVICE}:90b3d51f30010000:1`,
    `00db1234567890a0:${PARTY}:1`,
  ])('refuses "%s"', (text) => expect(read(text)).toBeNull());
});
