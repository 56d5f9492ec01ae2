import { describe, expect, it } from 'vitest';
import { createAlert } from '../alert.ts';
import { encodeGbcs } from '../encode/gbcs.ts';
import type { RejectReason } from '../reject-reasons.ts';
import { gbcsVector, gbcsVectors, sampleAlert } from '../testing/samples.ts';
import { readGbcs } from './read.ts';

const into = createAlert();
const DLMS = gbcsVector('GNCA-DLMS');
const SIGNED = gbcsVector('GCA-DLMS');
const ASN1 = gbcsVector('GCS62');
const ZIGBEE = gbcsVector('GCA-ZigBee');

/** The message with bytes from `at` on replaced by hex. */
function patch(message: Buffer, at: number, hex: string): Buffer {
  const patched = Buffer.from(message);
  patched.write(hex.replaceAll(' ', ''), at, 'hex');
  return patched;
}

/** A signed alert with the given body and other information (hex) under lengths that fit. */
function signedAlert(body: string, other = '1000'): Buffer {
  const bytes = Buffer.from(body.replaceAll(' ', ''), 'hex');
  const more = Buffer.from(other, 'hex');
  const length = Buffer.from(bytes.length < 0x80 ? [bytes.length] : [0x81, bytes.length]);
  const head = SIGNED.subarray(0, 30);
  return Buffer.concat([head, Buffer.from([more.length]), more, length, bytes, SIGNED.subarray(-65)]);
}

const DLMS_BODY = '0F 20000001 00 02 02 12 8F30 09 0C 07E4 07 07 FF 0A 00 00 00 8000 FF';

describe('GBCS lengths', () => {
  it.each([...gbcsVectors()])('%s: no cut of it, and nothing after it, is read', (_, vector) => {
    for (let length = 0; length < vector.length; length++) {
      expect(readGbcs(vector.subarray(0, length), into)).toBe('gbcs-truncated');
    }
    expect(readGbcs(Buffer.concat([vector, Buffer.from([0])]), into)).toBe('gbcs-trailing-bytes');
    expect(readGbcs(Buffer.concat([vector, vector]), into)).toBe('gbcs-trailing-bytes');
  });

  it.each<[string, Buffer, RejectReason]>([
    ['MAC header says more', patch(DLMS, 7, '4E'), 'gbcs-truncated'],
    ['MAC header says less', patch(DLMS, 7, '4C'), 'gbcs-truncated'],
    ['body says more', patch(DLMS, 46, '1A'), 'gbcs-body'],
    ['body says less', patch(DLMS, 46, '18'), 'gbcs-truncated'],
    ['ASN.1 sequence says more', patch(ASN1, 49, '73'), 'gbcs-truncated'],
    ['ASN.1 sequence says less', patch(ASN1, 49, '71'), 'gbcs-truncated'],
    ['signature of another size', patch(SIGNED, 59, '3F'), 'gbcs-structure'],
    ['length of the indefinite form', patch(DLMS, 7, '80'), 'gbcs-structure'],
    ['length of five bytes', patch(DLMS, 7, '85'), 'gbcs-structure'],
    ['huge length', patch(DLMS, 7, '84FFFFFFFF'), 'gbcs-truncated'],
  ])('%s', (_, message, reason) => expect(readGbcs(message, into)).toBe(reason));

  it('takes lengths in any form', () => {
    const long = Buffer.concat([SIGNED.subarray(0, 33), Buffer.from('82', 'hex'), SIGNED.subarray(33)]);
    long.write('0019', 34, 'hex');
    const message = Buffer.concat([long.subarray(0, 36), SIGNED.subarray(34)]);
    expect(message.length).toBe(SIGNED.length + 2);
    expect(readGbcs(message, into)).toBeNull();
    expect(into.alertCode).toBe('8F30');
  });
});

describe('GBCS headers', () => {
  it.each<[string, Buffer, RejectReason]>([
    ['command', patch(SIGNED, 2, '01'), 'gbcs-not-an-alert'],
    ['response', patch(SIGNED, 2, '02'), 'gbcs-not-an-alert'],
    ['neither', patch(SIGNED, 2, '04'), 'gbcs-structure'],
    ['general signing of another length', patch(SIGNED, 1, '08'), 'gbcs-structure'],
    ['originator of another length', patch(SIGNED, 11, '09'), 'gbcs-structure'],
    ['target of another length', patch(SIGNED, 20, '07'), 'gbcs-structure'],
    ['date-time where none belongs', patch(SIGNED, 29, '01'), 'gbcs-structure'],
    ['block transfer', patch(DLMS, 1, '01'), 'gbcs-structure'],
    ['encrypted', patch(DLMS, 8, '31'), 'gbcs-structure'],
    ['MAC header around a MAC header', patch(DLMS, 13, 'DD'), 'gbcs-structure'],
  ])('%s', (_, message, reason) => expect(readGbcs(message, into)).toBe(reason));

  it('passes over the supplementary parties after the message code', () => {
    expect(readGbcs(signedAlert(DLMS_BODY, '1000 90B3D51F30000002'.replace(' ', '')), into)).toBeNull();
    expect(into).toMatchObject({ messageCode: 0x1000, target: { hi: 0x90b3d51f, lo: 0x30010000 } });
    expect(readGbcs(signedAlert(DLMS_BODY, '10'), into)).toBe('gbcs-truncated');
  });

  it('keeps all 64 bits of counter and titles', () => {
    const message = patch(patch(SIGNED, 3, 'FFFFFFFFFFFFFFFE'), 12, 'FEDCBA9876543210');
    expect(readGbcs(message, into)).toBeNull();
    expect(into).toMatchObject({
      counterHi: 0xffffffff,
      counterLo: 0xfffffffe,
      device: { hi: 0xfedcba98, lo: 0x76543210 },
      originator: { hi: 0xfedcba98, lo: 0x76543210 },
    });
  });
});

describe('GBCS bodies of kinds without a vector', () => {
  it.each([
    ['DLMS, code below 8000', DLMS_BODY.replace('8F30', '001F'), '001F'],
    ['DLMS with a future-dated command', `${DLMS_BODY.replace('02 02', '02 03')} 09 03 010203`, '8F30'],
    ['DLMS with ASN.1 in it, as 8F84', `${DLMS_BODY.replace('02 02', '02 03')} 30 03 010203`, '8F30'],
    ['DLMS with a time of its own', DLMS_BODY.replace('00 02', `0C ${'00'.repeat(12)} 02`), '8F30'],
    [
      'ASN.1, code and time alone',
      `3016 0203008F72 180F ${Buffer.from('20200707100000Z').toString('hex')}`,
      '8F72',
    ],
    ['ASN.1, short code', `3014 02011F 180F ${Buffer.from('20200707100000Z').toString('hex')}`, '001F'],
    [
      'ASN.1 with a fraction',
      `3018 0202001F 1812 ${Buffer.from('20200707100000.00Z').toString('hex')}`,
      '001F',
    ],
    [
      'ASN.1 with raw octets in a sequence',
      `301A 0203008F72 180F ${Buffer.from('20200707100000Z').toString('hex')} 3002FFFF`,
      '8F72',
    ],
    ['ZigBee with a payload', '010900 8F66 26970420 0E 010203', '8F66'],
    ['ZigBee with a component', '010901 8183 26970420 01 0702 0003 010203', '8183'],
  ])('%s', (_, body, code) => {
    const message = signedAlert(body);
    expect(readGbcs(message, into)).toBeNull();
    expect(into.alertCode).toBe(code);
    expect(new Date(into.raisedAt).toISOString()).toBe('2020-07-07T10:00:00.000Z');
  });

  it.each([
    ['empty', ''],
    ['of an unknown language', '55 00'],
    ['DLMS access response', 'DA 20000001 00 00'],
    ['DLMS without a structure', DLMS_BODY.replace('00 02 02', '00 01 02')],
    ['DLMS of one member', DLMS_BODY.replace('02 02', '02 01')],
    ['DLMS promising more members', DLMS_BODY.replace('02 02', '02 03')],
    ['DLMS with more than it promises', `${DLMS_BODY} 00`],
    ['DLMS with a code of another type', DLMS_BODY.replace('12 8F30', '10 8F30')],
    ['DLMS with a time of another length', DLMS_BODY.replace('09 0C', '09 0B')],
    ['ASN.1 with a negative code', `3015 02028F72 180F ${Buffer.from('20200707100000Z').toString('hex')}`],
    [
      'ASN.1 with a code of 17 bits',
      `3016 0203018F72 180F ${Buffer.from('20200707100000Z').toString('hex')}`,
    ],
    ['ASN.1 with a UTCTime', `3014 0203008F72 170D ${Buffer.from('200707100000Z').toString('hex')}`],
    ['ZigBee of another profile', '010400 8F66 26970420'],
  ])('%s is refused', (_, body) => expect(readGbcs(signedAlert(body), into)).toBe('gbcs-body'));

  it.each(['0F 20', '3016 0203008F72', '010900 8F66 2697'])('%s is refused as cut short', (body) => {
    expect(readGbcs(signedAlert(body), into)).toBe('gbcs-truncated');
  });

  it('takes a ZigBee time that says there is none', () => {
    expect(readGbcs(patch(ZIGBEE, 39, 'FFFFFFFF'), into)).toBeNull();
    expect(into.raisedAt).toBeNaN();
  });

  it.each([
    '20201307100000Z',
    '20200230100000Z',
    '20200707240000Z',
    '2020070710000AZ',
    '20200707100000+',
    '202007071000+0Z',
  ])('refuses the ASN.1 time %s', (time) => {
    expect(readGbcs(signedAlert(`3016 0203008F72 180F ${Buffer.from(time).toString('hex')}`), into)).toBe(
      'gbcs-time',
    );
  });

  it('can not store the ASN.1 time that stands for never', () => {
    const never = Buffer.from('99991231235959Z').toString('hex');
    expect(readGbcs(signedAlert(`3016 0203008F72 180F ${never}`), into)).toBeNull();
    expect(into.raisedAt).toBeNaN();
  });
});

it('reads what our own encoder writes, also times that are open', () => {
  for (const body of ['dlms', 'asn1', 'zigbee'] as const) {
    for (const protection of ['mac', 'signature'] as const) {
      const alert = sampleAlert({ encoding: 'gbcs', messageCode: 0x1001, raisedAt: Number.NaN });
      expect(readGbcs(encodeGbcs(alert, body, protection), into)).toBeNull();
      expect({ ...into, receivedAt: 0 }).toEqual({ ...alert, receivedAt: 0 });
    }
  }
  expect(() => encodeGbcs(sampleAlert({ alertCode: 'AD1' }), 'dlms', 'mac')).toThrow('alertCode "AD1"');
});
