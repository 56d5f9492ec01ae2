import { expect, test } from 'vitest';
import { createAlert } from '../alert.ts';
import { decode } from '../decode.ts';
import { gbcsVectors } from '../testing/samples.ts';
import { changeOf, type DeviceChange, firmwareChange } from './change.ts';
import { INVENTORY_EVENT, type InventoryMessage } from './event.ts';

const BASE = {
  v: 1,
  eventId: 'e1',
  deviceId: '00-DB-12-34-56-78-90-A0',
  effectiveAt: '2020-07-07T10:00:00+01:00',
} as const;
type Rest<M = InventoryMessage> = M extends InventoryMessage ? Omit<M, keyof typeof BASE> : never;

const CASES: [Rest, DeviceChange][] = [
  [
    {
      event: 'installed',
      kind: 'ESME',
      model: 'KM-200',
      hub: '00-DB-12-34-56-78-90-A2',
      supplier: 'sup-01',
      networkOperator: null,
    },
    {
      event: 'installed',
      kind: 'ESME',
      model: 'KM-200',
      hub: '00DB1234567890A2',
      supplier: 'sup-01',
      networkOperator: '',
    },
  ],
  [{ event: 'commissioned' }, { event: 'commissioned' }],
  [
    { event: 'joined', hub: '00-DB-12-34-56-78-90-A2' },
    { event: 'joined', hub: '00DB1234567890A2' },
  ],
  [
    { event: 'firmware-downloaded', version: '2.0' },
    { event: 'firmware-downloaded', version: '2.0' },
  ],
  [
    { event: 'firmware-activated', version: '2.0' },
    { event: 'firmware-activated', version: '2.0', firmware: '2.0' },
  ],
  [
    { event: 'firmware-failed', version: '2.0', phase: 'download', reason: 'han-unstable' },
    {
      event: 'firmware-failed',
      version: '2.0',
      phase: 'download',
      reason: 'han-unstable',
      hanState: 'unstable',
    },
  ],
  [
    { event: 'firmware-failed', version: '2.0', phase: 'activation', reason: 'timeout' },
    { event: 'firmware-failed', version: '2.0', phase: 'activation', reason: 'timeout' },
  ],
  [
    { event: 'supplier-changed', supplier: 'sup-02' },
    { event: 'supplier-changed', supplier: 'sup-02' },
  ],
  [
    { event: 'supplier-changed', gasSupplier: null },
    { event: 'supplier-changed', gasSupplier: '' },
  ],
  [
    { event: 'network-operator-changed', networkOperator: 'dno-01' },
    { event: 'network-operator-changed', networkOperator: 'dno-01' },
  ],
  [
    { event: 'credentials', role: 'network-operator', credentials: 'wrong' },
    { event: 'credentials', role: 'network-operator', setting: 'wrong', credentials: 'wrong' },
  ],
  [
    { event: 'credentials', role: 'supplier', credentials: 'correct' },
    { event: 'credentials', role: 'supplier', setting: 'correct' },
  ],
  [
    { event: 'han-state', hanState: 'unstable' },
    { event: 'han-state', hanState: 'unstable' },
  ],
  [
    { event: 'alert-behaviour', code: '8014', setting: 'off', via: '6.22' },
    { event: 'alert-behaviour', code: '8014', setting: 'off', via: '6.22' },
  ],
  [
    { event: 'alert-behaviour', code: '81b8', setting: 'on', via: '6.2.10' },
    { event: 'alert-behaviour', code: '81B8', setting: 'on', via: '6.2.10' },
  ],
  [{ event: 'decommissioned' }, { event: 'decommissioned' }],
];

test.each(CASES)('%o', (rest, expected) => {
  const event = INVENTORY_EVENT.parse({ ...BASE, ...rest });
  expect(event).toMatchObject({ deviceId: '00DB1234567890A0', effectiveAt: Date.UTC(2020, 6, 7, 9) });
  expect(changeOf(event)).toEqual(expected);
});

test.each([
  ['8F72', 0, 'firmware-downloaded'],
  ['8F1B', 0, 'firmware-failed'],
  ['8F1C', 0, 'firmware-failed'],
  ['8F66', 0xca, 'firmware-activated'],
  ['8F67', 0xca, 'firmware-failed'],
  ['8F66', 0xcb, undefined],
  ['8F67', 0, undefined],
  ['8F3E', 0xca, undefined],
])('alert %s under message code %i tells %s', (alertCode, messageCode, event) => {
  expect(firmwareChange({ ...createAlert(), alertCode, messageCode })?.event).toBe(event);
});

test('8F8B tells the version that it carries, and nothing where it carries none', () => {
  const alert = createAlert();
  expect(decode(gbcsVectors().get('CS09_NA_8F8B_ALERT_GBCS.HEX')!, 0, alert)).toBeNull();
  expect(firmwareChange(alert)).toEqual({ event: 'firmware-read', version: '18.52.171.205' });
  const json = {
    requestId: '00-DB-12-34-56-78-90-A4:90-B3-D5-1F-30-00-00-02:1',
    deviceId: '00-DB-12-34-56-78-90-A4',
    alertCode: '8F8B',
    raisedAt: null,
    receivedAt: '2020-07-07T10:00:00Z',
  };
  // The same object, filled again: nothing of the message before is left.
  expect(decode(Buffer.from(JSON.stringify(json)), 0, alert)).toBeNull();
  expect(firmwareChange(alert)).toBeNull();
});
