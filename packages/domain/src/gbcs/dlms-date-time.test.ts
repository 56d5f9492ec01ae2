import { describe, expect, it } from 'vitest';
import { readDlmsDateTime } from './dlms-date-time.ts';
import { Reader } from './reader.ts';

const reader = new Reader();

function read(hex: string): number {
  reader.reset(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
  return readDlmsDateTime(reader);
}

describe('DLMS date-time', () => {
  it.each([
    ['07DF 01 01 FF 00 00 00 00 8000 FF', '2015-01-01T00:00:00.000Z'],
    ['07E4 02 1D 06 17 3B 3B 63 8000 00', '2020-02-29T23:59:59.990Z'],
    ['07E4 07 07 02 0A 00 00 FF 8000 FF', '2020-07-07T10:00:00.000Z'],
    // Two hours east of UTC DLMS writes as -120: what to add to local time to get UTC.
    ['07E4 07 07 02 0C 00 00 00 FF88 80', '2020-07-07T10:00:00.000Z'],
    ['07E4 07 07 02 05 00 00 00 012C 00', '2020-07-07T10:00:00.000Z'],
    ['07E4 07 07 02 0A 00 00 00 0000 00', '2020-07-07T10:00:00.000Z'],
  ])('%s is %s', (hex, iso) => {
    expect(new Date(read(hex)).toISOString()).toBe(iso);
    expect(reader.fault).toBeNull();
    expect(reader.more).toBe(false);
  });

  it.each([
    'FFFF FF FF FF FF FF FF FF 8000 FF',
    'FFFF 01 01 FF 00 00 00 00 8000 FF',
    '07E4 FF 01 FF 00 00 00 00 8000 FF',
    '07E4 FE 01 FF 00 00 00 00 8000 FF',
    '07E4 01 FD FF 00 00 00 00 8000 FF',
    '07E4 01 01 FF FF 00 00 00 8000 FF',
    '07E4 01 01 FF 00 FF 00 00 8000 FF',
    '07E4 01 01 FF 00 00 FF 00 8000 FF',
    // Years that the store can't hold.
    '0000 01 01 FF 00 00 00 00 8000 FF',
    '076B 0C 1F FF 17 3B 3B 00 8000 FF',
    '08FC 01 01 FF 00 00 00 00 8000 FF',
  ])('%s is no time', (hex) => {
    expect(read(hex)).toBeNaN();
    expect(reader.fault).toBeNull();
  });

  it.each([
    '07E4 0D 01 FF 00 00 00 00 8000 FF',
    '07E4 00 01 FF 00 00 00 00 8000 FF',
    '07E4 01 00 FF 00 00 00 00 8000 FF',
    '07E4 02 1E FF 00 00 00 00 8000 FF',
    '07E3 02 1D FF 00 00 00 00 8000 FF',
    '07E4 01 01 FF 18 00 00 00 8000 FF',
    '07E4 01 01 FF 00 3C 00 00 8000 FF',
    '07E4 01 01 FF 00 00 3C 00 8000 FF',
    '07E4 01 01 FF 00 00 00 64 8000 FF',
    '07E4 01 01 FF 00 00 00 00 7000 FF',
    // Open in one part, impossible in another.
    'FFFF 0D 01 FF 00 00 00 00 8000 FF',
    'FFFF FF FF FF 18 00 00 00 8000 FF',
  ])('%s is refused', (hex) => {
    read(hex);
    expect(reader.fault).toBe('gbcs-time');
  });
});
