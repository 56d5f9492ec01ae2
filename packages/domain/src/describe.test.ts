import { expect, it } from 'vitest';
import { describe } from './describe.ts';
import { sampleAlert } from './testing/samples.ts';

it('describes an alert for people and scripts', () => {
  const alert = sampleAlert({
    counterHi: 0xffffffff,
    counterLo: 0xffffffff,
    messageCode: 0xf0,
    encoding: 'gbcs',
  });
  expect(describe(alert)).toEqual({
    requestId: '00-DB-12-34-56-78-90-A0:90-B3-D5-1F-30-01-00-00:18446744073709551615',
    deviceId: '00-DB-12-34-56-78-90-A0',
    target: '90-B3-D5-1F-30-01-00-00',
    alertCode: '8F3E',
    name: 'Unauthorised Communication Access attempted',
    raisedAt: '2020-07-07T09:59:58.250Z',
    counter: '18446744073709551615',
    messageCode: '00F0',
    encoding: 'gbcs',
  });
});

it('says null for what an alert does not tell', () => {
  const none = { hi: 0, lo: 0 };
  const alert = sampleAlert({ device: none, target: none, alertCode: 'N999', raisedAt: Number.NaN });
  expect(describe(alert)).toMatchObject({
    deviceId: null,
    target: null,
    name: null,
    raisedAt: null,
    messageCode: null,
  });
});
