import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatEui64, parseEui64, plainEui64 } from './eui64.ts';

const HI_LO = { hi: 0x00db1234, lo: 0x567890a0 };

describe('EUI-64', () => {
  it.each(['00-DB-12-34-56-78-90-A0', '00-db-12-34-56-78-90-a0', '00DB1234567890A0', '00db1234567890a0'])(
    'reads %s',
    (text) => expect(parseEui64(text)).toEqual(HI_LO),
  );

  it.each([
    '',
    '00-DB-12-34-56-78-90',
    '00-DB-12-34-56-78-90-A0-',
    '00-DB-12-34-56-78-90-A0-00',
    '00:DB:12:34:56:78:90:A0',
    '00DB-1234-5678-90A0',
    '0-0DB-12-34-56-78-90-A0',
    '00-DB-12-34-56-78-90-G0',
    '00DB1234567890A',
    '00DB1234567890A00',
    ' 00DB1234567890A0',
    '0xDB1234567890A0',
    '00-DB-12-34-56-78-90-A\u0130',
  ])('refuses "%s"', (text) => expect(parseEui64(text)).toBeNull());

  it('writes both forms', () => {
    expect(formatEui64(HI_LO)).toBe('00-DB-12-34-56-78-90-A0');
    expect(plainEui64(HI_LO)).toBe('00DB1234567890A0');
    expect(formatEui64({ hi: 0xffffffff, lo: 0x80000001 })).toBe('FF-FF-FF-FF-80-00-00-01');
  });

  it('reads back what it writes', () => {
    const half = fc.integer({ min: 0, max: 0xffffffff });
    fc.assert(
      fc.property(half, half, (hi, lo) => {
        expect(parseEui64(formatEui64({ hi, lo }))).toEqual({ hi, lo });
        expect(parseEui64(plainEui64({ hi, lo }).toLowerCase())).toEqual({ hi, lo });
        expect(BigInt(`0x${plainEui64({ hi, lo })}`)).toBe((BigInt(hi) << 32n) | BigInt(lo));
      }),
    );
  });
});
