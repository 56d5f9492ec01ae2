import type { Store } from '@tocsin/clickhouse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Engine, startEngine } from '../support/fresh-store.ts';
import { ask } from '../support/questions.ts';
import { type FedMessage, feedBlocks, insertRows } from '../support/store-feed.ts';

const DAY = Date.UTC(2026, 5, 8) / 1000;
const PERIOD = { from: '2026-06-08', to: '2026-06-10' };

const METER = {
  ...{ device_kind: 'ESME', manufacturer: 'Kestrel', model: 'KM-200', firmware: '3.4.0', region: 'North' },
  ...{ supplier: 'sup-01', gas_supplier: '', network_operator: 'dno-01', responsible_party: 'dno-01' },
  ...{ suppression: 'suppressible', reason: 'service-request', remedy: 'none', acting_party: '' },
};
const told: { at: number; code: string; device: number; alerts: number; attributes: typeof METER }[] = [
  { at: DAY, code: '8014', device: 1, alerts: 4, attributes: METER },
  {
    at: DAY + 3600,
    code: '8014',
    device: 1,
    alerts: 3,
    attributes: { ...METER, reason: 'already-suppressed' },
  },
  // London's Tuesday begins at 23:00 UTC.
  {
    at: DAY + 23 * 3600,
    code: '8014',
    device: 2,
    alerts: 10,
    attributes: { ...METER, supplier: 'sup-secret' },
  },
  {
    ...{ at: DAY + 3600, code: '81C6', device: 2, alerts: 5 },
    attributes: { ...METER, supplier: 'sup-secret', responsible_party: 'sup-secret' },
  },
  {
    ...{ at: DAY + 3600, code: '8F3E', device: 3, alerts: 100 },
    attributes: {
      ...{ ...METER, device_kind: 'CHF', model: 'CS-secret', supplier: 'sup-secret', network_operator: '' },
      ...{ responsible_party: 'csp-north', suppression: 'always-on', reason: 'code' },
      ...{ remedy: 'released', acting_party: 'csp-north' },
    },
  },
  // To be suppressed by nobody, whatever firmware there is; and what is not for the taking.
  {
    ...{ at: DAY, code: '81B8', device: 1, alerts: 1 },
    attributes: { ...METER, suppression: 'protected', reason: 'safety', remedy: 'released' },
  },
  {
    ...{ at: DAY, code: '8014', device: 4, alerts: 50 },
    attributes: {
      ...METER,
      network_operator: 'idno-03',
      responsible_party: 'idno-03',
      suppression: 'unstoppable',
    },
  },
];

let engine: Engine;
let store: Store;

beforeAll(async () => {
  engine = await startEngine();
  store = await engine.freshStore();
  const accepted: FedMessage[] = told.map(({ at, ...one }, offset) => ({ offset, receivedAt: at, ...one }));
  const block = { partition: 0, first: 0, last: accepted.length - 1, rejected: [], duplicates: 0 };
  await feedBlocks(store, { ...block, accepted });
  await feedRegistries();
});
afterAll(() => engine.stop());

async function feedRegistries() {
  const version = 'v';
  await insertRows(store, 'codes', [
    {
      version,
      alert_code: '8014',
      name: 'Power Factor Threshold Below',
      plain: 'The power factor is low',
      safety: false,
    },
    { version, alert_code: '81B8', name: 'Incorrect Polarity', plain: '', safety: true },
    { version: 'older', alert_code: 'AD1', name: 'gone', plain: '', safety: false },
  ]);
  const user = [{ valid_from: '2026-01-01 00:00:00', valid_to: '2026-07-01 00:00:00' }];
  const party = (party: string, role: string, regions: string[] = [], dcc_user: object[] = []) => ({
    ...{ version, party, name: `name of ${party}`, role, kind: '', regions, eui64s: [], dcc_user },
  });
  await insertRows(store, 'parties', [
    party('dno-01', 'electricity-distributor', [], user),
    party('sup-01', 'import-supplier', [], user),
    party('sup-secret', 'import-supplier', [], user),
    party('csp-north', 'csp', ['North']),
    party('csp-south', 'csp', ['South']),
    party('dcc', 'dcc'),
    party('idno-03', 'electricity-distributor'),
  ]);
  await insertRows(store, 'levers', [
    {
      ...{ version, lever: 'fw', kind: 'firmware', name: 'Hub firmware 2', codes: ['8F3E'] },
      ...{ holds_from: '2026-05-01 00:00:00', state: 'released' },
    },
    {
      ...{ version, lever: 'fw', kind: 'firmware', name: 'Hub firmware 2', codes: ['8F3E'] },
      ...{ holds_from: '2026-06-20 00:00:00', state: 'on-hold' },
    },
    {
      ...{ version, lever: 'sr', kind: 'service-request', name: 'Configure alert behaviour' },
      ...{ holds_from: '2018-01-01 00:00:00', state: 'available' },
    },
  ]);
  await insertRows(store, 'registry_versions', [
    { version: 'older', at: '2026-01-01 00:00:00' },
    { version, at: '2026-02-01 00:00:00' },
  ]);
  const device = {
    stream: 's',
    partition: 0,
    planned_at: '2026-05-01 00:00:00',
    source: 'inventory',
    event: 'installed',
  };
  await insertRows(
    store,
    'device_history',
    ['sup-01', 'sup-secret'].map((supplier, offset) => ({
      ...{ ...device, offset, recorded_at: '2026-05-01 00:00:00', effective_at: '2026-05-01 00:00:00' },
      ...{
        device: String(offset + 1).padStart(16, '0'),
        kind: 'ESME',
        region: 'North',
        supplier,
        network_operator: 'dno-01',
      },
    })),
  );
}

describe('what can be stopped now', () => {
  const action = (code: string, party: string, lever: string, alerts: number, more: object = {}) => ({
    ...{
      code,
      meaning: code === '8014' ? 'The power factor is low' : '',
      party,
      lever,
      alerts,
      aDay: alerts / 2,
    },
    ...{ name: `name of ${party}`, leverName: 'Configure alert behaviour', again: false, devices: 1 },
    ...more,
  });

  it('is told by who does it and by what, the greatest first', async () => {
    expect(await ask(store, 'stoppable', PERIOD)).toEqual({
      actions: [
        action('8F3E', 'csp-north', 'firmware', 100, { leverName: 'Hub firmware 2' }),
        action('8014', 'dno-01', 'service-request', 14, { devices: 2 }),
        action('81C6', 'sup-secret', 'service-request', 5),
        action('8014', 'dno-01', 'service-request', 3, { again: true }),
      ],
      alerts: 122,
      aDay: 61,
    });
  });

  it('is told to a party of its own rows, without other suppliers', async () => {
    expect(await ask(store, 'stoppable', PERIOD, { party: 'dno-01' })).toEqual({
      actions: [
        action('8014', 'dno-01', 'service-request', 14, { devices: 2 }),
        action('81C6', 'other-supplier', 'service-request', 5, { name: 'other-supplier' }),
        action('8014', 'dno-01', 'service-request', 3, { again: true }),
      ],
      alerts: 22,
      aDay: 11,
    });
  });
});

describe('what can be stopped and what can’t', () => {
  const amount = (alerts: number) => ({ alerts, aDay: alerts / 2 });
  const part = (alerts: number, of: number) => ({ ...amount(alerts), share: alerts / of });
  const code = (name: string, alerts: number, stoppable: number, unstoppable: number, more: object = {}) => ({
    ...{ code: name, meaning: '', safety: false, ...amount(alerts) },
    ...{ stoppable: part(stoppable, alerts), unstoppable: part(unstoppable, alerts), ...more },
  });
  const party = (id: string, role: string) => ({ party: id, name: `name of ${id}`, role });

  it('is told by code, by lever and party, and why not', async () => {
    expect(await ask(store, 'verdicts', PERIOD)).toEqual({
      all: { ...amount(173), stoppable: part(122, 173), unstoppable: part(50, 173) },
      codes: [
        code('8F3E', 100, 100, 0),
        code('8014', 67, 17, 50, { meaning: 'The power factor is low' }),
        code('81C6', 5, 5, 0),
        code('81B8', 1, 0, 0, { meaning: 'Incorrect Polarity', safety: true }),
      ],
      levers: [
        { lever: 'firmware', role: 'csp', ...amount(100) },
        { lever: 'service-request', role: 'electricity-distributor', ...amount(17) },
        { lever: 'service-request', role: 'import-supplier', ...amount(5) },
      ],
      parties: [
        { ...party('csp-north', 'csp'), lever: 'firmware', codes: ['8F3E'], ...amount(100) },
        {
          ...party('dno-01', 'electricity-distributor'),
          ...{ lever: 'service-request', codes: ['8014'], ...amount(17) },
        },
        {
          ...party('sup-secret', 'import-supplier'),
          ...{ lever: 'service-request', codes: ['81C6'], ...amount(5) },
        },
      ],
      reasons: [
        { suppression: 'unstoppable', reason: 'service-request', codes: ['8014'], ...part(50, 173) },
        { suppression: 'protected', reason: 'safety', codes: ['81B8'], ...part(1, 173) },
      ],
      responsible: [
        { ...party('idno-03', 'electricity-distributor'), reason: 'service-request', ...part(50, 50) },
      ],
    });
  });

  it('is told of some codes alone', async () => {
    expect(await ask(store, 'verdicts', { ...PERIOD, codes: '81C6,81B8' })).toMatchObject({
      all: { ...amount(6), stoppable: part(5, 6), unstoppable: part(0, 6) },
      codes: [{ code: '81C6' }, { code: '81B8' }],
      responsible: [],
    });
  });
});

describe('volumes', () => {
  const rows = async (given: Record<string, string>, party: string | null = null) => {
    const { rows } = await ask<{ rows: { time: string | null; values: object; counts: object }[] }>(
      store,
      'volume',
      { ...PERIOD, ...given },
      { party },
    );
    return rows.map(({ time, values, counts }) => [
      ...(time === null ? [] : [time]),
      ...Object.values(values),
      ...Object.values(counts),
    ]);
  };

  it('are counted over all, as alerts, messages and devices', async () => {
    expect(await rows({ measures: 'alerts,messages,devices' })).toEqual([[173, 7, 4]]);
  });

  it('are told apart by what is asked for, of those that are asked for', async () => {
    expect(await rows({ by: 'code,network-operator', code: '8014,8F3E' })).toEqual([
      ['8F3E', '', 100],
      ['8014', 'idno-03', 50],
      ['8014', 'dno-01', 17],
    ]);
    expect(await rows({ by: 'code', networkOperator: '' })).toEqual([['8F3E', 100]]);
  });

  it.each([
    ['hour', ['2026-06-08T00:00:00Z', '2026-06-08T01:00:00Z', '2026-06-08T23:00:00Z'], [54, 3, 10]],
    ['day', ['2026-06-07T23:00:00Z', '2026-06-08T23:00:00Z'], [57, 10]],
    ['week', ['2026-06-07T23:00:00Z'], [67]],
    ['month', ['2026-05-31T23:00:00Z'], [67]],
  ])('are of each %s in London', async (grain, times, alerts) => {
    expect(await rows({ grain, code: '8014' })).toEqual(times.map((time, i) => [time, alerts[i]]));
  });

  it('say that there are more than the limit', async () => {
    const of = (limit: string) => ask<{ more: boolean }>(store, 'volume', { ...PERIOD, by: 'code', limit });
    expect([(await of('3')).more, (await of('4')).more]).toEqual([true, false]);
  });

  it('of a party are of its own rows and tell of no other supplier', async () => {
    const everything = { by: 'code,supplier,gas-supplier,responsible-party,acting-party,model' };
    expect(await rows(everything, 'dno-01')).toEqual([
      ['8014', 'other-supplier', '', 'dno-01', '', 'KM-200', 17],
      ['81C6', 'other-supplier', '', 'other-supplier', '', 'KM-200', 5],
      ['81B8', 'other-supplier', '', 'dno-01', '', 'KM-200', 1],
    ]);
    expect(JSON.stringify(await rows(everything, 'sup-01'))).not.toContain('secret');
    expect(await rows({ supplier: 'sup-secret' }, 'sup-01')).toEqual([[0]]);
    expect(await rows({ measures: 'alerts,devices' }, 'nobody')).toEqual([[0, 0]]);
  });
});

describe('who is who', () => {
  const ids = async (at: string, party: string | null = null) =>
    (
      await ask<{ parties: { id: string; dccUser: boolean }[] }>(store, 'parties', { at }, { party })
    ).parties.map(({ id, dccUser }) => (dccUser ? `${id} (user)` : id));

  it('is told of all parties, as of the moment', async () => {
    expect(await ids('2026-06-01')).toEqual([
      'csp-north',
      'csp-south',
      'dcc',
      'dno-01 (user)',
      'idno-03',
      'sup-01 (user)',
      'sup-secret (user)',
    ]);
    expect(await ids('2026-07-02')).toContain('sup-01');
  });

  it('is told to a party of itself and those that its devices have to do with', async () => {
    expect(await ids('2026-06-01', 'sup-01')).toEqual(['csp-north', 'dcc', 'dno-01 (user)', 'sup-01 (user)']);
  });
});

it('the dictionary is of the newest registry', async () => {
  const { codes } = await ask<{ codes: { code: string; safety: boolean }[] }>(store, 'codes', {});
  expect(codes.map(({ code, safety }) => [code, safety])).toEqual([
    ['8014', false],
    ['81B8', true],
  ]);
  expect(await ask(store, 'codes', { code: '8014,AD1' })).toMatchObject({ codes: [{ code: '8014' }] });
});
