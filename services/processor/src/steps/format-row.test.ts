import { type Alert, createAlert } from '@tocsin/domain';
import { expect, test } from 'vitest';
import { CORE_BYTES, formatCore, formatRest, REST_BYTES } from './format-row.ts';

const MAX = 0xffffffff;

function row(alert: Partial<Alert>, offset = 0): string {
  const to = Buffer.alloc(CORE_BYTES + 16);
  const whole = { ...createAlert(), receivedAt: 0, ...alert };
  const end = formatCore(to, 0, Buffer.from('s\t3\t'), offset, Buffer.from('P'), whole);
  return to.toString('latin1', 0, end);
}

const fields = (alert: Partial<Alert>, offset?: number) => row(alert, offset).split('\t');

test('the core of a row, column by column', () => {
  const alert: Alert = {
    encoding: 'gbcs',
    device: { hi: 0x00db1234, lo: 0x567890a0 },
    originator: { hi: 0x00db1234, lo: 0x567890a0 },
    target: { hi: 0x90b3d51f, lo: 0x30010000 },
    counterHi: 0,
    counterLo: 2000,
    alertCode: '8F66',
    messageCode: 0xcb,
    raisedAt: Date.UTC(2020, 2, 1, 15),
    receivedAt: Date.UTC(2020, 6, 7, 10, 5, 9, 7),
    count: 12,
  };
  expect(row(alert, 41)).toBe(
    's\t3\t41\tP\t2020-07-07 10:05:09.007\t2020-03-01 15:00:00.000\t00DB1234567890A0\t00DB1234567890A0\t90B3D51F30010000\t2000\t8F66\t203\t12\tgbcs',
  );
});

test('a time that the device did not give is null', () => {
  expect(fields({ raisedAt: Number.NaN })[5]).toBe('\\N');
});

test.each([
  [0, 0, '0'],
  [0, MAX, '4294967295'],
  [0x1fffff, MAX, '9007199254740991'],
  [0x200000, 0, '9007199254740992'],
  [MAX, MAX, '18446744073709551615'],
])('counter %i, %i', (counterHi, counterLo, shown) => {
  expect(fields({ counterHi, counterLo })[9]).toBe(shown);
});

test('moments as the calendar has them', () => {
  for (let n = 0; n < 5000; n++) {
    const ms = Math.floor((n * 9_301_399_999) % 13_569_465_599_999) - 2_208_988_800_000;
    const expected = new Date(ms).toISOString().replace('T', ' ').slice(0, -1);
    expect(fields({ raisedAt: ms })[5]).toBe(expected);
  }
});

test('offsets of any length, and no row longer than its room', () => {
  for (let offset = 1; offset < Number.MAX_SAFE_INTEGER; offset *= 7) {
    expect(fields({}, offset)[2]).toBe(String(offset));
  }
  const longest = row(
    {
      device: { hi: MAX, lo: MAX },
      counterHi: MAX,
      counterLo: MAX,
      raisedAt: 0,
      count: MAX,
      messageCode: 0xffff,
      alertCode: 'AD1',
    },
    Number.MAX_SAFE_INTEGER,
  );
  expect(longest.length).toBeLessThan(CORE_BYTES);
});

test('what follows the core', () => {
  const to = Buffer.alloc(REST_BYTES + 16);
  const attribution = { at: 0, profile: 3, hub: { hi: 0x00db1234, lo: 0x56789012 }, clockSuspect: true };
  const meaning = { columns: Buffer.from('CHF\tWNC'), volume: { code: '8F3E', suppression: '', remedy: '' } };
  const end = formatRest(to, 0, attribution, meaning);
  expect(to.toString('latin1', 0, end)).toBe('\t00DB123456789012\t1\tCHF\tWNC\n');
});
