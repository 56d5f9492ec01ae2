import type { Store } from '@tocsin/clickhouse';
import { type DeviceAttributes, UNKNOWN_DEVICE } from '@tocsin/domain';
import { loadRegistry, rowsOf, shippedRegistry } from '@tocsin/registry';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deviceId, feedHistory } from '../support/device-history.ts';
import { type Engine, startEngine } from '../support/fresh-store.ts';
import { ask } from '../support/questions.ts';
import { type FedMessage, feedBlocks, insertRows } from '../support/store-feed.ts';

const DAY = Date.UTC(2020, 6, 6) / 1000;
const PERIOD = { from: '2020-07-06', to: '2020-07-08' };
const END = Date.UTC(2020, 6, 7, 23);

/** 8014: to the network operator; 81C3: to the supplier; 8F3E: always on; 81B8: tells of a danger. */
const CODES = ['8014', '81C3', '8F3E', '81B8'];

const registry = loadRegistry(shippedRegistry(), { shiftWeeks: 0 });
const rules = registry.rules();

/** Every kind of meter and hub, of DCC Users and of others, with right, wrong and no credentials, twice each. */
const DEVICES: Partial<DeviceAttributes>[] = (['ESME', 'GSME', 'PPMID'] as const).flatMap((kind) =>
  ['sup-01', ''].flatMap((supplier) =>
    ['dno-01', 'idno-03', 'gt-01', 'dno-gone', ''].flatMap((networkOperator) =>
      (['correct', 'wrong', 'missing', ''] as const).flatMap((credentials) => {
        const one = { kind, supplier, gasSupplier: supplier, networkOperator, credentials };
        return [one, one];
      }),
    ),
  ),
);

interface Row {
  code: string;
  party: string;
  name: string;
  devices: number;
  available: number;
  obstacles: { reason: string; devices: number }[];
  off: number;
  alerts: number;
  suppressible: number;
  arriving: number;
  arrivingDevices: number;
  others: { reason: string; alerts: number }[];
}
interface Told {
  rows: Row[];
  alerts: number;
  suppressible: number;
  arriving: number;
  reading: string;
}

interface Device {
  device: string;
  alert_code: string;
  responsible_party: string;
  obstacle: string;
  available: boolean;
  off: boolean;
  alerts: number;
  suppressible: number;
  already_off: number;
}

let engine: Engine;
let store: Store;

beforeAll(async () => {
  engine = await startEngine();
  store = await engine.freshStore();
  for (const [table, rows] of Object.entries(rowsOf(registry.files)))
    await insertRows(
      store,
      table,
      rows.map((row) => ({ version: registry.version, ...row })),
    );
  await insertRows(store, 'registry_versions', [{ version: registry.version }]);
  await feedHistory(
    store,
    DEVICES.flatMap(({ kind, supplier, gasSupplier, networkOperator, credentials }, device) => [
      {
        ...{
          at: '2020-05-01 00:00',
          device,
          event: 'installed',
          kind,
          region: 'North',
          hub: deviceId(9000 + device),
        },
        ...{ supplier, gas_supplier: gasSupplier, network_operator: networkOperator, credentials },
      },
      // Of every two that are alike the code is off on the first, and was off on the second until July.
      ...CODES.flatMap((code) => [
        {
          at: '2020-06-01 00:00',
          device,
          event: 'alert-behaviour',
          code,
          setting: 'off',
          via: '6.22',
          credentials: null,
        },
        ...(device % 2 === 0
          ? []
          : [
              {
                at: '2020-07-01 00:00',
                device,
                event: 'alert-behaviour',
                code,
                setting: 'on',
                via: '6.2.10',
                credentials: null,
              },
            ]),
      ]),
    ]),
  );
  const message = (
    offset: number,
    device: number,
    code: string,
    alerts: number,
    attributes: Record<string, string>,
  ): FedMessage => ({
    ...{ offset, receivedAt: DAY + offset, code, device, alerts },
    attributes: {
      ...{ device_kind: 'ESME', supplier: 'sup-01', network_operator: 'dno-01', responsible_party: 'dno-01' },
      ...{
        suppression: 'suppressible',
        reason: 'service-request',
        remedy: 'none',
        acting_party: '',
        ...attributes,
      },
    },
  });
  const unstoppable = {
    suppression: 'unstoppable',
    network_operator: 'idno-03',
    responsible_party: 'idno-03',
  };
  const accepted = [
    message(0, 0, '8014', 7, { reason: 'already-suppressed' }),
    message(1, 1, '8014', 30, {}),
    message(2, 0, '8014', 2, { reason: 'already-suppressed' }),
    message(3, 8, '8014', 50, { ...unstoppable, reason: 'not-a-dcc-user' }),
    message(4, 9, '8014', 1, { ...unstoppable, reason: 'credential-mismatch' }),
    message(5, 500, '8F3E', 400, {
      suppression: 'always-on',
      reason: 'code',
      responsible_party: 'csp-north',
      network_operator: '',
    }),
  ];
  await feedBlocks(store, { partition: 0, first: 0, last: 5, rejected: [], duplicates: 0, accepted });
});
afterAll(() => engine.stop());

describe('the suppression report', () => {
  it('has availability and use as the rules judge each device that takes the request', async () => {
    const expected = new Map<
      string,
      { devices: number; available: number; off: number; obstacles: Map<string, number> }
    >();
    for (const code of ['8014', '81C3'])
      for (const [i, given] of DEVICES.entries()) {
        const device: DeviceAttributes = { ...UNKNOWN_DEVICE, region: 'North', ...given };
        const { responsibleParty, suppression, reason } = rules.judge(code, device, { hi: 0, lo: 0 }, END);
        if (reason === 'device-kind') continue;
        const key = `${code} ${responsibleParty}`;
        const row = expected.get(key) ?? { devices: 0, available: 0, off: 0, obstacles: new Map() };
        row.devices += 1;
        row.off += i % 2 === 0 ? 1 : 0;
        if (suppression === 'suppressible') row.available += 1;
        else row.obstacles.set(reason, (row.obstacles.get(reason) ?? 0) + 1);
        expected.set(key, row);
      }
    const { rows } = await ask<Told>(store, 'suppression', PERIOD);
    const found = new Map(
      rows
        .filter(({ devices }) => devices > 0)
        .map(({ code, party, devices, available, off, obstacles }) => [
          `${code} ${party}`,
          { devices, available, off, obstacles: new Map(obstacles.map((one) => [one.reason, one.devices])) },
        ]),
    );
    expect(found).toEqual(expected);
    expect(found.size).toBeGreaterThan(6);
  });

  it('tells what came, what of it could be switched off, and what arrived although it was', async () => {
    const { rows, reading, ...sums } = await ask<Told>(store, 'suppression', PERIOD);
    expect(sums).toEqual({ alerts: 490, suppressible: 39, arriving: 9 });
    expect(rows.slice(0, 3)).toMatchObject([
      {
        ...{
          code: '8F3E',
          party: 'csp-north',
          devices: 0,
          available: 0,
          off: 0,
          alerts: 400,
          suppressible: 0,
        },
        others: [{ reason: 'code', alerts: 400 }],
      },
      {
        ...{ code: '8014', party: 'idno-03', available: 0, alerts: 51, suppressible: 0, arriving: 0 },
        others: [
          { reason: 'not-a-dcc-user', alerts: 50 },
          { reason: 'credential-mismatch', alerts: 1 },
        ],
      },
      {
        code: '8014',
        party: 'dno-01',
        alerts: 39,
        suppressible: 39,
        arriving: 9,
        arrivingDevices: 1,
        others: [],
      },
    ]);
    expect(reading).toContain('9 alerts came of devices on which the code is off');
    expect(reading).toContain('8F3E for Communications service provider North');
  });

  it('is told to a party of its own devices, without other suppliers', async () => {
    const { rows } = await ask<Told>(store, 'suppression', PERIOD, { party: 'dno-01' });
    expect(new Set(rows.map(({ party }) => party))).toEqual(new Set(['dno-01', 'other-supplier', '']));
    expect(JSON.stringify(rows)).not.toContain('sup-01');
    expect(rows.find(({ code, party }) => code === '8014' && party === 'dno-01')).toMatchObject({
      alerts: 39,
    });
  });

  it('is the sum of itself device by device', async () => {
    const [{ rows }, devices] = await Promise.all([
      ask<Told>(store, 'suppression', PERIOD),
      store.rows<Device>(
        `SELECT * FROM suppression_devices(from = {from:String}, to = {to:String}, party = '')
         ORDER BY device, alert_code`,
        { from: '2020-07-05 23:00:00', to: '2020-07-07 23:00:00' },
      ),
    ]);
    const sum = (of: (device: Device) => number, among = devices) =>
      among.reduce((all, device) => all + of(device), 0);
    expect([sum((one) => one.alerts), sum((one) => one.suppressible), sum((one) => one.already_off)]).toEqual(
      [490, 39, 9],
    );
    // Of codes that are off somewhere the report counts every device that takes the request.
    for (const code of ['8014', '81C3'])
      for (const party of new Set(rows.map((row) => row.party))) {
        const own = devices.filter((one) => one.alert_code === code && one.responsible_party === party);
        const row = rows.find((one) => one.code === code && one.party === party);
        const takes = own.filter(
          ({ obstacle }) => obstacle !== 'device-kind' && obstacle !== 'not-on-record',
        );
        expect([code, party, takes.filter(({ off }) => off).length]).toEqual([code, party, row?.off ?? 0]);
        expect(takes.length).toBeLessThanOrEqual(row?.devices ?? 0);
        const offAndAvailable = takes.filter(({ off, available }) => off && available).length;
        // Of every two that are alike one is off.
        expect([code, party, 2 * offAndAvailable]).toEqual([code, party, row?.available ?? 0]);
      }
    expect(devices.find(({ device, alert_code }) => device === deviceId(0) && alert_code === '8014')).toEqual(
      {
        ...{
          device: deviceId(0),
          alert_code: '8014',
          kind: 'ESME',
          manufacturer: '',
          model: '',
          firmware: '',
        },
        ...{ region: 'North', supplier: 'sup-01', gas_supplier: 'sup-01', network_operator: 'dno-01' },
        ...{
          responsible_party: 'dno-01',
          role: 'electricity-distributor',
          available: true,
          obstacle: '',
          off: true,
        },
        ...{ alerts: 9, messages: 2, suppressible: 9, already_off: 9 },
      },
    );
    expect(devices.find(({ alerts }) => alerts === 400)).toMatchObject({
      ...{
        kind: '',
        available: false,
        obstacle: 'unknown-device',
        responsible_party: 'csp-north',
        role: 'csp',
      },
    });
  });

  it('leaves out devices that are gone, and what was told after the end', async () => {
    const before = await ask<Told>(store, 'suppression', { from: '2020-05-01', to: '2020-05-02' });
    expect(before.rows).toEqual([]);
    expect(before.reading).toBe('Nothing came in this period.');
    const offOf = ({ rows }: Told) => rows.find(({ code, party }) => code === '8014' && party === 'dno-01')!;
    const june = offOf(await ask<Told>(store, 'suppression', { from: '2020-06-01', to: '2020-06-02' }));
    expect(june.off).toBe(june.devices);
    await feedHistory(store, [{ at: '2020-07-10 00:00', device: 0, event: 'decommissioned' }]);
    const after = offOf(await ask<Told>(store, 'suppression', { from: '2020-07-06', to: '2020-07-12' }));
    expect(after).toMatchObject({ devices: june.devices - 1, off: june.devices / 2 - 1 });
  });
});
