import { readInstallations, type Store } from '@tocsin/clickhouse';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { type Engine, startEngine } from '../support/fresh-store.ts';
import { insertRows } from '../support/store-feed.ts';

let engine: Engine;
let store: Store;
let offset = 0;

beforeAll(async () => {
  engine = await startEngine();
  store = await engine.freshStore();
});
afterAll(() => engine.stop());

/** Rows of the device history; times `YYYY-MM-DD hh:mm`, UTC. */
const tell = (
  ...rows: { at: string; device: number; event: string; source?: string; [column: string]: unknown }[]
) =>
  insertRows(
    store,
    'device_history',
    rows.map(({ at, device, source = 'inventory', ...rest }) => ({
      stream: source === 'device' ? 'cluster/alerts/1' : 'cluster/inventory/1',
      partition: 0,
      offset: offset++,
      planned_at: '2020-07-07 12:00:00',
      recorded_at: `${at}:00`,
      effective_at: `${at}:00`,
      device: idOf(device),
      source,
      kind: null,
      region: null,
      firmware: null,
      hub: null,
      supplier: null,
      gas_supplier: null,
      network_operator: null,
      version: '',
      phase: '',
      reason: '',
      code: '',
      setting: '',
      via: '',
      ...rest,
    })),
  );
const idOf = (device: number) => `00DB${String(device).padStart(12, '0')}`;

test('installations are counted by the London day from which they hold, each device once', async () => {
  const installed = { event: 'installed', kind: 'CHF', region: 'South' };
  await tell(
    { ...installed, at: '2020-06-30 22:59', device: 1 },
    { ...installed, at: '2020-06-30 23:00', device: 2 },
    { ...installed, at: '2020-07-01 10:00', device: 2 },
    { ...installed, at: '2020-07-01 22:59', device: 3, kind: 'ESME' },
    { ...installed, at: '2020-07-01 23:00', device: 4, region: null },
    { at: '2020-07-01 12:00', device: 5, event: 'commissioned' },
  );
  expect(await store.rows('SELECT * FROM installations ORDER BY ALL')).toEqual([
    { day: '2020-06-30', region: 'South', kind: 'CHF', devices: 1 },
    { day: '2020-07-01', region: 'South', kind: 'CHF', devices: 1 },
    { day: '2020-07-01', region: 'South', kind: 'ESME', devices: 1 },
    { day: '2020-07-02', region: '', kind: 'CHF', devices: 1 },
  ]);
  const day = { from: '2020-06-30 23:00:00', to: '2020-07-01 23:00:00' };
  expect(await readInstallations(store, day)).toEqual([{ day: '2020-07-01', devices: 2 }]);
});

test('firmware attempts: what became of each, as inventory and device tell', async () => {
  await tell(
    { at: '2020-05-01 10:00', device: 1, event: 'firmware-downloaded', version: '2.0' },
    { at: '2020-05-02 10:00', device: 1, event: 'firmware-activated', version: '2.0', firmware: '2.0' },
    {
      at: '2020-05-02 10:00',
      device: 2,
      event: 'firmware-failed',
      version: '2.0',
      phase: 'download',
      reason: 'han-unstable',
    },
    { at: '2020-05-03 10:00', device: 2, event: 'firmware-downloaded', source: 'device' },
    { at: '2020-05-03 11:00', device: 2, event: 'firmware-read', source: 'device', version: '1.0.0.0' },
  );
  const rows = await store.rows(
    'SELECT device, source, version, phase, outcome, reason FROM firmware_attempts ORDER BY effective_at, device',
  );
  const row = (device: number, phase: string, outcome: string, rest: object = {}) => ({
    device: idOf(device),
    source: 'inventory',
    version: '2.0',
    phase,
    outcome,
    reason: '',
    ...rest,
  });
  expect(rows).toEqual([
    row(1, 'download', 'downloaded'),
    row(1, 'activation', 'activated'),
    row(2, 'download', 'failed', { reason: 'han-unstable' }),
    row(2, 'download', 'downloaded', { source: 'device', version: '' }),
  ]);
});

test('alert behaviour is what was set or read last, however late it was told', async () => {
  const event = 'alert-behaviour';
  await tell(
    { at: '2020-06-02 00:00', device: 1, event, code: '8014', setting: 'on', via: '6.2.10' },
    { at: '2020-06-01 00:00', device: 1, event, code: '8014', setting: 'off', via: '6.22' },
    { at: '2020-06-01 00:00', device: 1, event, code: '8015', setting: 'off', via: '6.22' },
  );
  expect(
    await store.rows(
      'SELECT device, code, setting, via, toString(since) AS since FROM alert_behaviour ORDER BY code',
    ),
  ).toEqual([
    { device: idOf(1), code: '8014', setting: 'on', via: '6.2.10', since: '2020-06-02 00:00:00.000' },
    { device: idOf(1), code: '8015', setting: 'off', via: '6.22', since: '2020-06-01 00:00:00.000' },
  ]);
});

test('conflicts: the device says another version, or another outcome, than the inventory for the same time', async () => {
  const device = { source: 'device' };
  const activated = { event: 'firmware-activated', version: '2.02.6', firmware: '2.02.6' };
  const failed = { event: 'firmware-failed', phase: 'activation' };
  await tell(
    // Agrees, agrees in numbers, then disagrees once the inventory has gone on.
    { at: '2020-04-01 00:00', device: 6, event: 'installed', firmware: '2.01.3' },
    { ...device, at: '2020-04-02 00:00', device: 6, event: 'firmware-read', version: '2.1.3.0' },
    { at: '2020-04-03 00:00', device: 6, ...activated },
    { ...device, at: '2020-04-04 00:00', device: 6, event: 'firmware-read', version: '2.1.3.0' },
    // The device says that what the inventory has as activated failed; a day later it says nothing of that attempt.
    { at: '2020-04-03 00:00', device: 7, ...activated },
    { ...device, at: '2020-04-03 08:00', device: 7, ...failed },
    { ...device, at: '2020-04-05 00:00', device: 7, ...failed },
    // Agrees on the nearest of two attempts.
    { at: '2020-04-03 00:00', device: 8, ...failed },
    { at: '2020-04-03 20:00', device: 8, ...activated },
    { ...device, at: '2020-04-03 19:00', device: 8, event: 'firmware-activated' },
    // The image arrived for one and not for the other; that it was not activated is no disagreement on that.
    { at: '2020-04-03 00:00', device: 10, event: 'firmware-downloaded', version: '2.02.6' },
    { ...device, at: '2020-04-03 01:00', device: 10, event: 'firmware-failed', phase: 'download' },
    { ...device, at: '2020-04-03 02:00', device: 10, ...failed },
    // Nothing is known to disagree with.
    { ...device, at: '2020-04-04 00:00', device: 9, event: 'firmware-read', version: '9.9.9.9' },
  );
  expect(
    await store.rows(
      `SELECT device, toString(effective_at) AS at, about, device_says, inventory_says
       FROM inventory_conflicts ORDER BY device`,
    ),
  ).toEqual([
    // Of the attempts above: failed for one, arrived for the other.
    {
      device: idOf(2),
      at: '2020-05-03 10:00:00.000',
      about: 'download',
      device_says: 'downloaded',
      inventory_says: 'failed',
    },
    {
      device: idOf(6),
      at: '2020-04-04 00:00:00.000',
      about: 'version',
      device_says: '2.1.3.0',
      inventory_says: '2.02.6',
    },
    {
      device: idOf(7),
      at: '2020-04-03 08:00:00.000',
      about: 'activation',
      device_says: 'failed',
      inventory_says: 'activated',
    },
    {
      device: idOf(10),
      at: '2020-04-03 01:00:00.000',
      about: 'download',
      device_says: 'failed',
      inventory_says: 'downloaded',
    },
  ]);
});

describe('devices at a time', () => {
  const [hub, gpf, meter, gas, other] = [60, 61, 62, 63, 64];
  const at = "at = '2020-06-10 00:00:00'";

  beforeAll(() =>
    tell(
      { at: '2020-06-01 10:00', device: hub, event: 'installed', kind: 'CHF', region: 'South' },
      { at: '2020-06-01 10:00', device: gpf, event: 'installed', kind: 'GPF', hub: idOf(hub) },
      { at: '2020-06-01 10:00', device: meter, event: 'installed', kind: 'ESME', supplier: 'sup-old' },
      { at: '2020-06-02 10:00', device: meter, event: 'joined', hub: idOf(hub) },
      {
        at: '2020-06-05 10:00',
        device: meter,
        event: 'supplier',
        supplier: 'sup-61',
        network_operator: 'dno-61',
      },
      { at: '2020-06-10 00:00', device: meter, event: 'supplier', supplier: 'sup-new' },
      {
        at: '2020-06-01 10:00',
        device: gas,
        event: 'installed',
        kind: 'GSME',
        hub: idOf(hub),
        gas_supplier: 'gas-61',
      },
      { at: '2020-06-01 10:00', device: other, event: 'installed', kind: 'ESME', supplier: 'sup-65' },
    ),
  );

  const owned = async (party: string) => {
    const rows = await store.rows<{ device: string }>(
      `SELECT device FROM party_devices(${at}, party = {party:String}) WHERE device >= {first:String} ORDER BY device`,
      { party, first: idOf(hub) },
    );
    return rows.map(({ device }) => Number(device.slice(4)));
  };

  it('each attribute is the last that was told before', async () => {
    const [row] = await store.rows(
      `SELECT kind, hub, supplier, network_operator, installed_at FROM devices_at(${at}) WHERE device = {id:String}`,
      { id: idOf(meter) },
    );
    expect(row).toEqual({
      kind: 'ESME',
      hub: idOf(hub),
      supplier: 'sup-61',
      network_operator: 'dno-61',
      installed_at: '2020-06-01 10:00:00.000',
    });
  });

  it('a party has its own, and as a supplier the hub of their HAN', async () => {
    expect(await owned('sup-61')).toEqual([hub, gpf, meter]);
    expect(await owned('gas-61')).toEqual([hub, gpf, gas]);
    expect(await owned('dno-61')).toEqual([meter]);
    expect(await owned('sup-old')).toEqual([]);
    expect(await owned('')).toEqual([hub, gpf, meter, gas, other]);
  });
});
