import { describe, expect, it } from 'vitest';
import { createAlert } from '../alert.ts';
import { decode } from '../decode.ts';
import { encodeDuis } from '../encode/duis.ts';
import { encodeGbcs } from '../encode/gbcs.ts';
import type { RejectReason } from '../reject-reasons.ts';
import { duisFixtures, sampleAlert } from '../testing/samples.ts';

const into = createAlert();
const fixtures = duisFixtures();
const HUB = { hi: 0x88738457, lo: 0x002f961e };
const NONE = { hi: 0, lo: 0 };

function fixture(name: string): string {
  return fixtures.get(name)!.toString();
}

function decodeXml(xml: string): RejectReason | null {
  return decode(Buffer.from(xml), 0, into);
}

describe('DUIS device alerts', () => {
  it('takes the id from ResponseID, receivedAt from ResponseDateTime, the rest from the payload', () => {
    expect(decodeXml(fixture('device-alert.xml'))).toBeNull();
    expect(into).toEqual(
      sampleAlert({
        encoding: 'duis',
        counterLo: 2000,
        alertCode: '81A0',
        messageCode: 0xf0,
        raisedAt: Date.UTC(2015, 0, 1),
        receivedAt: Date.UTC(2020, 6, 7, 9, 30, 15, 790),
      }),
    );
  });

  it('reads any prefix, a folded payload, and the count', () => {
    expect(decodeXml(fixture('device-alert-throttled.xml'))).toBeNull();
    expect(into).toMatchObject({ alertCode: '8071', count: 250, messageCode: 0xb2 });
    expect(into.receivedAt).toBe(Date.UTC(2020, 6, 7, 9, 30));
    const renamed = fixture('device-alert.xml')
      .replaceAll('sr:', 'anything:')
      .replace('xmlns:sr', 'xmlns:anything');
    expect(decodeXml(renamed)).toBeNull();
  });

  it('reads an answer to a future-dated command', () => {
    expect(decodeXml(fixture('future-dated-alert.xml'))).toBeNull();
    expect(into).toMatchObject({ alertCode: '8F66', counterLo: 2000, messageCode: 0xcb });
  });

  it('takes RequestID where there is no ResponseID, whichever way round it is', () => {
    const device = fixture('device-alert.xml').replaceAll('ResponseID', 'RequestID');
    expect(decodeXml(device)).toBeNull();
    expect(into).toMatchObject({ device: sampleAlert().device, counterLo: 2000 });
    const command = fixture('future-dated-alert.xml').replace(/<sr:ResponseID>.*<\/sr:ResponseID>/, '');
    expect(decodeXml(command)).toBeNull();
    expect(into).toMatchObject({ device: sampleAlert().device, originator: sampleAlert().target });
  });

  it('does without a payload: the device is the originator', () => {
    expect(
      decodeXml(fixture('device-alert.xml').replace(/<sr:GBCSPayload>.*<\/sr:GBCSPayload>/, '')),
    ).toBeNull();
    expect(into).toMatchObject({ device: sampleAlert().device, messageCode: 0, raisedAt: Number.NaN });
  });

  it.each<[RejectReason, (xml: string) => string]>([
    ['invalid-request-id', (xml) => xml.replace(/<sr:ResponseID>.*<\/sr:ResponseID>/, '')],
    ['invalid-request-id', (xml) => xml.replace(':2000<', ':2000x<')],
    ['invalid-request-id', (xml) => xml.replace(':2000<', '<sr:x>:2000</sr:x><')],
    ['invalid-received-at', (xml) => xml.replace('2020-07-07', '2020-07-37')],
    ['invalid-received-at', (xml) => xml.replace(/<sr:ResponseDateTime>.*<\/sr:ResponseDateTime>/, '')],
    ['invalid-alert-code', (xml) => xml.replace('>81A0<', '>81A<')],
    ['invalid-alert-code', (xml) => xml.replace('<sr:AlertCode>81A0</sr:AlertCode>', '')],
    [
      'invalid-count',
      (xml) => xml.replace('<sr:GBCS', '<sr:ThrottledAlertCount>0</sr:ThrottledAlertCount><sr:GBCS'),
    ],
    [
      'invalid-count',
      (xml) => xml.replace('<sr:GBCS', '<sr:ThrottledAlertCount>4294967296</sr:ThrottledAlertCount><sr:GBCS'),
    ],
    [
      'invalid-count',
      (xml) => xml.replace('<sr:GBCS', '<sr:ThrottledAlertCount>1e3</sr:ThrottledAlertCount><sr:GBCS'),
    ],
    ['invalid-payload', (xml) => xml.replace('<sr:GBCSPayload>3', '<sr:GBCSPayload>*')],
    ['gbcs-truncated', (xml) => xml.replace(/.{8}<\/sr:GBCSPayload>/, '</sr:GBCSPayload>')],
    ['payload-code-mismatch', (xml) => xml.replace('>81A0<', '>81A1<')],
    ['payload-device-mismatch', (xml) => xml.replace('-A0:90', '-A1:90')],
    [
      'duis-ambiguous',
      (xml) => xml.replace('<sr:AlertCode>', '<sr:AlertCode>8F3E</sr:AlertCode><sr:AlertCode>'),
    ],
    ['duis-ambiguous', (xml) => xml.replace('</sr:Body>', '<sr:DeviceAlertMessage/></sr:Body>')],
    ['duis-not-an-alert', (xml) => xml.replaceAll('DeviceAlertMessage', 'ResponseMessage')],
    ['duis-not-an-alert', (xml) => xml.replaceAll('DeviceAlertMessage', 'constructor')],
    ['duis-not-an-alert', (xml) => xml.replaceAll('sr:DeviceAlertMessage', 'ra:DeviceAlertMessage')],
    ['xml-namespace', (xml) => xml.replace('ServiceUserGateway', 'ServiceUserGateway2')],
    [
      'xml-namespace',
      (xml) => xml.replaceAll('sr:Response ', 'Response ').replace('</sr:Response>', '</Response>'),
    ],
    [
      'xml-namespace',
      (xml) => xml.replaceAll('sr:Response ', 'sr:Request ').replace('</sr:Response>', '</sr:Request>'),
    ],
    ['xml-syntax', (xml) => xml.replace('</sr:Body>', '')],
    ['xml-syntax', (xml) => `${xml}x`],
  ])('%s', (reason, harm) => {
    const harmed = harm(fixture('device-alert.xml'));
    expect(harmed).not.toBe(fixture('device-alert.xml'));
    expect(decodeXml(harmed)).toBe(reason);
  });

  it('takes a time without a zone for UTC, as all times in DUIS are', () => {
    expect(decodeXml(fixture('device-alert.xml').replace('790Z<', '790<'))).toBeNull();
    expect(into.receivedAt).toBe(Date.UTC(2020, 6, 7, 9, 30, 15, 790));
  });
});

describe('DUIS DCC alerts', () => {
  it('finds the device in the body', () => {
    expect(decodeXml(fixture('dcc-alert-power-outage.xml'))).toBeNull();
    expect(into).toEqual({
      encoding: 'duis',
      device: HUB,
      originator: { hi: 0x90b3d51f, lo: 0x30000002 },
      target: { hi: 0x90b3d51f, lo: 0x30020000 },
      counterHi: Math.floor(1594116000000 / 2 ** 32),
      counterLo: 1594116000000 % 2 ** 32,
      alertCode: 'AD1',
      messageCode: 0,
      firmware: -1,
      raisedAt: Number.NaN,
      receivedAt: Date.UTC(2020, 6, 7, 10),
      count: 1,
    });
  });

  it('finds it as the target of the service request that the alert is about', () => {
    expect(decodeXml(fixture('dcc-alert-device-log.xml'))).toBeNull();
    expect(into).toMatchObject({ alertCode: 'N24', device: HUB });
  });

  it('has none where the body names none, or several', () => {
    const named = '<sr:DeviceID>88-73-84-57-00-2F-96-1E</sr:DeviceID>';
    const outage = fixture('dcc-alert-power-outage.xml');
    expect(decodeXml(outage.replace(named, ''))).toBeNull();
    expect(into.device).toEqual(NONE);
    expect(decodeXml(outage.replace(named, named + named))).toBeNull();
    expect(into.device).toEqual(HUB);
    expect(decodeXml(outage.replace(named, named + named.replace('-1E', '-1F')))).toBeNull();
    expect(into.device).toEqual(NONE);
    expect(decodeXml(outage.replace('-1E<', '-1X<'))).toBe('invalid-device-id');
  });

  it('is no alert if it is an ordinary response', () => {
    expect(decodeXml(fixture('read-response.xml'))).toBe('duis-not-an-alert');
  });
});

it('reads what our own encoder writes', () => {
  const raisedAt = Date.UTC(2020, 6, 7, 9, 59, 58, 250);
  const alert = sampleAlert({ encoding: 'duis', messageCode: 0x1000, count: 40, raisedAt });
  expect(decode(encodeDuis(alert, encodeGbcs(alert, 'dlms', 'signature')), 0, into)).toBeNull();
  expect(into).toEqual(alert);
  const outage = sampleAlert({ encoding: 'duis', alertCode: 'AD1', device: HUB, raisedAt: Number.NaN });
  expect(decode(encodeDuis(outage), 0, into)).toBeNull();
  expect(into).toEqual(outage);
});
