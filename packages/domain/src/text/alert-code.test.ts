import { describe, expect, it } from 'vitest';
import { deviceAlertCode, readAlertCode } from './alert-code.ts';

function read(text: string): string | null {
  const bytes = Buffer.from(`"${text}"`);
  return readAlertCode(bytes, 1, bytes.length - 1);
}

describe('alert code', () => {
  it.each([
    ['8F3E', '8F3E'],
    ['8f3e', '8F3E'],
    ['0000', '0000'],
    ['FFFF', 'FFFF'],
    ['AD1', 'AD1'],
    ['AD10', 'AD10'],
    ['N0', 'N0'],
    ['N1', 'N1'],
    ['N60', 'N60'],
    ['N999', 'N999'],
  ])('reads %s', (text, code) => expect(read(text)).toBe(code));

  it.each([
    '',
    '8F3',
    '8F3E0',
    '8F3G',
    ' 8F3E',
    '0x8F',
    'AD',
    'ADX',
    'ad1',
    'N',
    'n1',
    'N01',
    'N1000',
    'N-1',
    'N1A',
    'X12',
  ])('refuses "%s"', (text) => expect(read(text)).toBeNull());

  it('writes all 65,536 device codes in four digits', () => {
    const codes = Array.from({ length: 65_536 }, (_, code) => code);
    expect(codes.filter((code) => Number.parseInt(deviceAlertCode(code), 16) !== code)).toEqual([]);
    expect(codes.filter((code) => read(deviceAlertCode(code)) !== deviceAlertCode(code))).toEqual([]);
  });
});
