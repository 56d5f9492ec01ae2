import { QUESTIONS } from '@tocsin/answers';
import { buildBuckets, type Store, TARGETS } from '@tocsin/clickhouse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deviceId, type Told as Event, feedHistory, feedRollouts } from '../support/device-history.ts';
import { type Engine, startEngine } from '../support/fresh-store.ts';
import { type FedMessage, feedBlocks, HOUR, hourText } from '../support/store-feed.ts';

// Hubs and meters of one region, each heard at two hours of every day from 1 February 2026 up to 20 March. On 2 March
// some take a firmware at 02:00. Nothing at all comes from 16 March to 19 March: the feed's gap, not theirs.
const DAY = 24 * HOUR;
const at = (day: string, hour = 0) => Date.parse(`${day}T00:00:00Z`) / 1000 + hour * HOUR;
const BEGIN = at('2026-02-01');
const END = at('2026-03-20');
const ACTIVATED = '2026-03-02 02:00';
const GAP = { from: at('2026-03-16'), to: at('2026-03-19') };

interface Speaker {
  device: number;
  /** What it says, and until when; without one all along. */
  code?: string;
  until?: number;
}

const range = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, i) => first + i);

// Hubs 1 to 20 take the firmware, 21 to 90 don't. Meters 1001 … are on the hubs of the same number; of their own model
// 2001 to 2020 take theirs, 2021 to 2060 don't.
const SPEAKERS: Speaker[] = [
  { device: 1, until: at('2026-03-02', 6) },
  { device: 1001, until: at('2026-03-02', 6) },
  // Its meter is heard all along.
  { device: 2, until: at('2026-03-02', 6) },
  { device: 1002 },
  // Silent long before it took the firmware.
  { device: 3, until: at('2026-02-20') },
  // Silent for five days and a half, of which the feed missed three.
  { device: 4, until: at('2026-03-14', 12) },
  // Silent until it was taken away.
  { device: 5, until: at('2026-03-02', 6) },
  // Said nothing but what the firmware mends.
  { device: 6, code: '8F12', until: at('2026-03-02') },
  // Fell silent, but more than a fortnight later, and so not by the firmware.
  ...range(7, 20).map((device) => ({ device })),
  // Of the control one fell silent as well.
  { device: 21, until: at('2026-03-03', 12) },
  ...range(22, 90).map((device) => ({ device })),
  { device: 2001, until: at('2026-03-02', 6) },
  // Its only code was switched off.
  { device: 2002, code: '8002', until: at('2026-03-02', 6) },
  ...range(2003, 2060).map((device) => ({ device })),
];

const kindOf = (device: number) => (device < 1000 ? 'CHF' : 'ESME');
const OWN = new Set([1001, 1002, 1005, 2001, 2003]);

function messages(): FedMessage[] {
  const found: FedMessage[] = [];
  for (const { device, code = '8F20', until = END } of SPEAKERS)
    for (let day = BEGIN; day < until; day += DAY)
      for (const hour of [device % 12, 12 + (device % 12)]) {
        const receivedAt = day + hour * HOUR + (device % 60);
        if (receivedAt >= until || (receivedAt >= GAP.from && receivedAt < GAP.to)) continue;
        const attributes = { device_kind: kindOf(device), region: 'South' };
        found.push({ offset: found.length, receivedAt, code, device, alerts: 1, attributes });
      }
  return found;
}

const inventory = (): Event[] => [
  ...[...new Set([...SPEAKERS.map(({ device }) => device), 1005])].flatMap((device): Event[] => [
    {
      at: '2025-06-01 00:00',
      device,
      event: 'installed',
      kind: kindOf(device),
      manufacturer: device < 1000 ? 'WNC' : 'Kestrel',
      model: device < 1000 ? 'CS-2' : device < 2000 ? 'KM-100' : 'KM-200',
      firmware: '1.0',
      region: 'South',
      hub: device > 1000 && device < 2000 ? deviceId(device - 1000) : null,
      supplier: kindOf(device) === 'CHF' ? null : OWN.has(device) ? 'sup-01' : 'sup-canary',
    },
  ]),
  ...[...range(1, 20), ...range(2001, 2020)].map((device): Event => {
    const version = device < 1000 ? '2.0' : '3.0';
    return { at: ACTIVATED, device, event: 'firmware-activated', version, firmware: version };
  }),
  { at: '2026-03-10 00:00', device: 5, event: 'decommissioned' },
  {
    at: '2026-03-02 05:00',
    device: 2002,
    event: 'alert-behaviour',
    code: '8002',
    setting: 'off',
    via: '6.22',
  },
];

interface Rate {
  silent: number;
  of: number;
  share: number | null;
}
interface Told {
  activated: number;
  threshold: number;
  rate: { activated: Rate; control: Rate | null; difference: { value: number } | null };
  devices: { device: string; hub: string; supplier: string; daysSilent: number; probability: number }[];
}

const silent = QUESTIONS.find(({ name }) => name === 'silent')!;
let engine: Engine;
let store: Store;

beforeAll(async () => {
  engine = await startEngine();
  store = await engine.freshStore();
  const accepted = messages();
  await feedBlocks(store, {
    partition: 0,
    first: 0,
    last: accepted.length - 1,
    accepted,
    rejected: [],
    duplicates: 0,
  });
  await feedHistory(store, inventory());
  const states = [
    { from: '2026-03-01 00:00:00', state: 'pilot' },
    { from: '2026-03-15 00:00:00', state: 'on-hold', reason: 'deafness' },
  ];
  await feedRollouts(store, [
    {
      rollout: 'hubs',
      begins: '2026-03-01 00:00:00',
      manufacturer: 'WNC',
      model: 'CS-2',
      firmware: '2.0',
      codes: ['8F12'],
      acting_party: 'csp',
      states,
    },
    {
      rollout: 'meters',
      begins: '2026-03-01 00:00:00',
      manufacturer: 'Kestrel',
      model: 'KM-200',
      firmware: '3.0',
      codes: ['8014'],
      acting_party: 'supplier',
      states: states.slice(0, 1),
    },
  ]);
});
afterAll(() => engine.stop());

/** What is told, held to its own promise. */
async function ask(rollout: string, party: string | null = null, to = '2026-03-20T00:00:00Z') {
  const told = await silent.answer(store, silent.asked.parse({ rollout, to }), { party });
  return silent.told.parse(told) as Told;
}

describe('silent devices', () => {
  // 28 days of two messages of the hub and two of its meter; the region was last heard of at 23:00:59, the feed missed three days.
  const silence = 17.75 + 18 / DAY - 3;

  it('are hubs of whose whole HAN nothing was heard after the activation, but for what the feed missed', async () => {
    const told = await ask('hubs');
    expect(told).toMatchObject({ state: 'on-hold', reason: 'deafness', activated: 20, actingParty: 'csp' });
    expect(told.devices).toMatchObject([
      {
        device: deviceId(1),
        kind: 'CHF',
        hub: deviceId(1),
        supplier: 'sup-01',
        region: 'South',
        activatedAt: '2026-03-02T02:00:00.000Z',
        lastHeardAt: '2026-03-02T05:00:41.000Z',
        messagesBefore: 112,
        daysBefore: 28,
      },
      // Its silence ends when it was taken away.
      { device: deviceId(5), lastHeardAt: '2026-03-02T05:00:05.000Z', messagesBefore: 56 },
    ]);
    const [hub, gone] = told.devices;
    expect(hub!.daysSilent).toBeCloseTo(silence, 9);
    expect(hub!.probability / (1 + silence / 28) ** -112).toBeCloseTo(1, 9);
    expect(gone!.daysSilent).toBeCloseTo(8 - (5 * HOUR + 5) / DAY, 9);
  });

  it('are a share of those whose silence could have been told, beside the control’s', async () => {
    const { rate, threshold } = await ask('hubs');
    // Hub 3 was silent before, hub 6 said nothing that counts.
    expect(threshold).toBeCloseTo((0.01 * 2) / 19, 12);
    expect(rate.activated).toMatchObject({ silent: 2, of: 18, share: 2 / 18 });
    expect(rate.control).toMatchObject({ silent: 1, of: 70, share: 1 / 70 });
    expect(rate.difference!.value).toBeCloseTo(2 / 18 - 1 / 70, 12);
    // By the feed's gap alone hub 4 would have been called silent.
    expect((1 + 5.5 / 28) ** -56).toBeLessThan(threshold);
    expect((1 + 2.5 / 28) ** -56).toBeGreaterThan(threshold);
  });

  it('are no more while nothing at all comes of their region', async () => {
    const { devices } = await ask('hubs', null, '2026-03-18T12:00:00Z');
    expect(devices.map(({ device }) => device)).toEqual([deviceId(1), deviceId(5)]);
  });

  it('are meters alone where the firmware is a meter’s, without codes that were switched off', async () => {
    const told = await ask('meters');
    expect(told.devices).toMatchObject([
      { device: deviceId(2001), kind: 'ESME', hub: '', messagesBefore: 56 },
    ]);
    expect(told.rate.activated).toMatchObject({ silent: 1, of: 19 });
    expect(told.rate.control).toMatchObject({ silent: 0, of: 40 });
  });

  it('are a party’s own for a party; others are totals of fifty or nothing', async () => {
    const hubs = await ask('hubs', 'sup-01');
    expect(hubs.activated).toBe(3);
    expect(hubs.devices.map(({ device, supplier }) => [device, supplier])).toEqual([
      [deviceId(1), 'sup-01'],
      [deviceId(5), 'sup-01'],
    ]);
    expect(hubs.rate.control).toMatchObject({ of: 70 });
    const meters = await ask('meters', 'sup-01');
    expect(meters).toMatchObject({ activated: 2, rate: { control: null, difference: null } });
    expect(meters.devices.map(({ device }) => device)).toEqual([deviceId(2001)]);
    expect(JSON.stringify([hubs, meters])).not.toContain('sup-canary');
    await expect(ask('hubs', 'nobody')).rejects.toThrow('has for your devices: ');
  });

  it('are the same from builds', async () => {
    const raw = [await ask('hubs'), await ask('meters')];
    const days = TARGETS.find(({ table }) => table === 'device_days')!;
    const built = [];
    for (let day = BEGIN; day < END; day += DAY) built.push(hourText(day));
    await buildBuckets(store, days, built);
    await expect.poll(async () => [await ask('hubs'), await ask('meters')]).toEqual(raw);
    const [fresh] = await store.rows<{ stale: number }>(
      "SELECT stale FROM freshness WHERE target = 'device_days'",
    );
    expect(fresh).toEqual({ stale: 0 });
  });

  it('end in who can act', async () => {
    expect(silent.show(await ask('hubs'))).toContain(
      'The CSP of each region can keep 2.0 on hold and bring back 2 devices, by a visit or another hub',
    );
    expect(silent.show(await ask('meters', 'sup-canary'))).toContain('No silent device is known');
  });

  it('are asked of a rollout that the registry has', async () => {
    await expect(ask('none')).rejects.toThrow(
      'rollout none: expected one that the registry has: hubs, meters',
    );
  });
});
