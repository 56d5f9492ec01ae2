import { QUESTIONS } from '@tocsin/answers';
import { buildBuckets, type Store, TARGETS } from '@tocsin/clickhouse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deviceId, feedHistory } from '../support/device-history.ts';
import { type Engine, startEngine } from '../support/fresh-store.ts';
import { type FedMessage, feedBlocks, HOUR, hourText } from '../support/store-feed.ts';

const NOON = Date.UTC(2026, 4, 4, 12) / 1000;
const DAY = 24 * HOUR;

/** Messages of a device: minutes after noon of 4 May, code, alerts that it stands for. */
const told = (device: number, ...rows: [minutes: number, code: string, alerts?: number][]) =>
  rows.map(([minutes, code, alerts = 1]) => ({ device, receivedAt: NOON + 60 * minutes, code, alerts }));

const MESSAGES = [
  // Raised and over after 3, 5 and 30 minutes; raised again once within ten minutes, once on the next day.
  ...told(1, [0, '8014'], [3, '8015'], [8, '8014'], [13, '8015'], [1440, '8014'], [1470, '8015']),
  // Throttled: five raises and four clears in two messages, then a raise that is never over.
  ...told(2, [0, '8014', 5], [20, '8015', 4], [60, '8014']),
  // Over without having been raised, and a pair of another kind.
  ...told(3, [0, '8015'], [5, '8002'], [6, '8085'], [7, '8002']),
  ...told(4, [0, '8014'], [60, '8015']),
  // No inventory knows it.
  ...told(5, [0, '8014'], [1, '8015'], [2, '8014'], [3, '8015']),
];

interface Told {
  pairs: { raised: string; cycles: number; worst: { devices: number; cycles: number; share: number }[] }[];
  raised: string;
  devices: { device: string; supplier: string; cycles: number; days: number; inOrder: object | null }[];
}

const chatter = QUESTIONS.find(({ name }) => name === 'chatter')!;
let engine: Engine;
let store: Store;

beforeAll(async () => {
  engine = await startEngine();
  store = await engine.freshStore();
  const accepted: FedMessage[] = MESSAGES.map((message, offset) => ({
    ...message,
    offset,
    attributes: {
      responsible_party: message.device === 1 ? 'dno-canary' : 'dno-01',
      suppression: 'suppressible',
      remedy: 'none',
    },
  }));
  await feedBlocks(store, {
    partition: 0,
    first: 0,
    last: accepted.length - 1,
    accepted,
    rejected: [],
    duplicates: 0,
  });
  await feedHistory(
    store,
    [1, 2, 3, 4].map((device) => ({
      at: '2025-01-01 00:00',
      device,
      event: 'installed',
      kind: 'ESME',
      model: 'KM-200',
      region: 'South',
      supplier: device <= 2 ? 'sup-01' : 'sup-canary',
    })),
  );
});
afterAll(() => engine.stop());

async function ask(party: string | null = null, more: Record<string, string> = {}) {
  const asked = chatter.asked.parse({ from: '2026-05-04T00:00:00Z', to: '2026-05-06T00:00:00Z', ...more });
  return chatter.told.parse(await chatter.answer(store, asked, { party })) as Told;
}

describe('chatter', () => {
  it('is how often each device began and was over, by pair of codes, the worst first', async () => {
    const { pairs, devices } = await ask();
    expect(pairs).toMatchObject([
      { raised: '8014', cleared: '8015', devices: 4, raises: 12, clears: 10, cycles: 10 },
      { raised: '8002', cleared: '8085', devices: 1, raises: 2, clears: 1, cycles: 1 },
    ]);
    expect(pairs[0]!.worst).toEqual([10, 100, 1000].map((devices) => ({ devices, cycles: 10, share: 1 })));
    expect(devices.map(({ device, cycles, days }) => [device, cycles, days])).toEqual([
      [deviceId(2), 4, 1],
      [deviceId(1), 3, 2],
      [deviceId(5), 2, 1],
      [deviceId(4), 1, 1],
    ]);
  });

  it('has an order where single messages are kept: how soon it was over, how soon it came again', async () => {
    const order = new Map((await ask()).devices.map(({ device, inOrder }) => [Number(device), inOrder]));
    expect(order.get(1)).toMatchObject({ cycles: 3, minutes: 5, again: 1, suppression: 'suppressible' });
    // Four cycles, of which the messages show one.
    expect(order.get(2)).toMatchObject({ cycles: 1, minutes: 20, again: 0 });
    expect(order.get(5)).toMatchObject({ cycles: 2, minutes: 1, again: 1 });
  });

  it('is asked of another pair, or of one that nobody raised', async () => {
    expect((await ask(null, { code: '8002' })).devices).toMatchObject([
      { device: deviceId(3), cycles: 1, inOrder: { cycles: 1, minutes: 1, again: 1 } },
    ]);
    expect(await ask(null, { code: '8020' })).toMatchObject({ raised: '', devices: [] });
    expect(() => chatter.asked.parse({ from: '2026-05-04', to: '2026-05-06', code: 'x' })).toThrow(
      'expected an alert code',
    );
  });

  it('of a party is that of its own devices', async () => {
    const told = await ask('sup-01');
    expect(told.devices.map(({ device }) => device)).toEqual([deviceId(2), deviceId(1)]);
    expect(told.pairs).toMatchObject([{ raised: '8014', cycles: 7 }]);
    expect(JSON.stringify(told)).not.toContain('canary');
    expect(await ask('nobody')).toMatchObject({ pairs: [], devices: [] });
  });

  it('ends in who can act', async () => {
    expect(chatter.show(await ask())).toContain(
      'Service request 6.22 switches 8014 and 8015 off on 4 of these 4 devices, about 11 alerts a day: by dno-01, dno-canary.',
    );
  });

  it('keeps its cycles, but not their order, where only the days’ counts are left', async () => {
    const before = await ask();
    const days = TARGETS.find(({ table }) => table === 'device_days')!;
    await buildBuckets(store, days, [hourText(NOON - 12 * HOUR), hourText(NOON - 12 * HOUR + DAY)]);
    await expect.poll(() => ask()).toEqual(before);
    await store.command(`INSERT INTO sealed_versions (target, bucket, version)
      SELECT target, bucket, version FROM builds WHERE target = 'device_days'`);
    await store.command('TRUNCATE TABLE alerts');
    const after = await ask();
    expect(after.devices).toEqual(before.devices.map((one) => ({ ...one, inOrder: null })));
    expect(after.pairs).toEqual(before.pairs);
  });
});
