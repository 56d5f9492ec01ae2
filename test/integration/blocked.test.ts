import { QUESTIONS } from '@tocsin/answers';
import type { Store } from '@tocsin/clickhouse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deviceId, type Told as Event, feedHistory, feedRollouts } from '../support/device-history.ts';
import { type Engine, startEngine } from '../support/fresh-store.ts';
import { type FedMessage, feedBlocks, HOUR } from '../support/store-feed.ts';

// Meters of one model, each with a hub of its own: 1 to 60 took the firmware on 2 March 2026, 61 to 120 did not, 61 to 70
// of them because it failed. Each raises ten alerts of 8014 a day from 10 February to 20 March, one a day with the firmware.
const DAY = 24 * HOUR;
const at = (day: string) => Date.parse(`${day}T00:00:00Z`) / 1000;
const range = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, i) => first + i);

function messages(): FedMessage[] {
  const found: FedMessage[] = [];
  for (const device of range(1, 120))
    for (let day = at('2026-02-10'); day < at('2026-03-20'); day += DAY)
      found.push({
        offset: found.length,
        receivedAt: day + 12 * HOUR + device,
        code: '8014',
        device,
        alerts: device <= 60 && day >= at('2026-03-02') ? 1 : 10,
        attributes: { device_kind: 'ESME', region: 'South' },
      });
  return found;
}

const installed = (device: number): Event => ({
  at: '2025-06-01 00:00',
  device,
  event: 'installed',
  kind: 'ESME',
  manufacturer: 'Kestrel',
  model: 'KM-200',
  firmware: '1.0',
  region: device % 2 === 0 ? 'South' : 'North',
  hub: deviceId(9000 + device),
  supplier: device <= 65 ? 'sup-01' : 'sup-canary',
  network_operator: 'dno-01',
});
const failed = (device: number, more: Partial<Event> = {}): Event => ({
  at: '2026-03-02 02:00',
  device,
  event: 'firmware-failed',
  version: '2.0',
  phase: 'download',
  reason: 'timeout',
  ...more,
});

const HISTORY: Event[] = [
  ...range(1, 120).map(installed),
  ...range(1, 60).map((device) => ({
    at: '2026-03-02 02:00',
    device,
    event: 'firmware-activated',
    version: '2.0',
    firmware: '2.0',
  })),
  ...range(61, 67).map((device) => failed(device, { reason: 'han-unstable', han_state: 'unstable' })),
  failed(68, { reason: 'timeout', han_state: 'unstable' }),
  failed(69, { phase: 'activation' }),
  { at: '2026-03-05 02:00', device: 69, event: 'firmware-downloaded', version: '2.0' },
  // Its own word, in the inventory's the next hour: one failure, by the inventory's reason.
  failed(70, { reason: 'han-unstable', han_state: 'unstable' }),
  failed(70, { at: '2026-03-02 03:00', source: 'device', version: '', reason: '8F1B' }),
  { at: '2026-03-08 00:00', device: 70, event: 'han-state', han_state: 'stable' },
  // Of these none is blocked any more.
  failed(101),
  { at: '2026-03-04 02:00', device: 101, event: 'firmware-downloaded', version: '2.0' },
  failed(102, { phase: 'activation' }),
  { at: '2026-03-04 02:00', device: 102, event: 'firmware-activated', source: 'device' },
  failed(103),
  { at: '2026-03-04 02:00', device: 103, event: 'decommissioned' },
  // A download of something else mends nothing, and what comes after the end isn't known.
  failed(104),
  { at: '2026-03-04 02:00', device: 104, event: 'firmware-downloaded', version: '1.9' },
  { at: '2026-03-21 02:00', device: 104, event: 'firmware-downloaded', version: '2.0' },
  // By its own word alone.
  failed(105, { source: 'device', version: '', reason: '8F1C' }),
];

interface Told {
  devices: {
    device: string;
    supplier: string;
    version: string;
    phase: string;
    reason: string;
    failedAt: string;
    hanState: string;
    han: boolean;
  }[];
  by: { dimension: string; value: string; devices: number; han: number }[];
  alerts: { all: number; blocked: number; han: number };
  share: number | null;
  saved: { value: number; low: number; high: number } | null;
  effects: {
    version: string;
    cut: { value: number } | null;
    refused: string;
    upgraded: number;
    control: number;
    blockedAlerts: number;
  }[];
}

const blocked = QUESTIONS.find(({ name }) => name === 'blocked')!;
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
  await feedHistory(store, HISTORY);
  await feedRollouts(store, [
    {
      rollout: 'meters',
      begins: '2026-03-01 00:00:00',
      manufacturer: 'Kestrel',
      model: 'KM-200',
      firmware: '2.0',
      codes: ['8014', '8015'],
      acting_party: 'supplier',
      states: [{ from: '2026-03-01 00:00:00', state: 'released' }],
    },
    {
      rollout: 'next',
      begins: '2026-03-15 00:00:00',
      manufacturer: 'Kestrel',
      model: 'KM-200',
      firmware: '3.0',
      codes: ['8F3E'],
      acting_party: 'supplier',
      states: [{ from: '2026-03-15 00:00:00', state: 'released' }],
    },
  ]);
});
afterAll(() => engine.stop());

async function ask(party: string | null = null, more: Record<string, string> = {}) {
  const asked = blocked.asked.parse({ from: '2026-03-10T00:00:00Z', to: '2026-03-20T00:00:00Z', ...more });
  return blocked.told.parse(await blocked.answer(store, asked, { party })) as Told;
}
const numbers = ({ devices }: Told) => devices.map(({ device }) => Number(device)).sort((a, b) => a - b);

describe('blocked devices', () => {
  it('are those whose last word on firmware is a failure', async () => {
    const told = await ask();
    expect(numbers(told)).toEqual([...range(61, 70), 104, 105]);
    const of = (device: number) => told.devices.find((one) => Number(one.device) === device);
    expect(of(61)).toMatchObject({
      version: '2.0',
      phase: 'download',
      reason: 'han-unstable',
      failedAt: '2026-03-02T02:00:00.000Z',
      han: true,
    });
    expect(of(68)).toMatchObject({ reason: 'timeout', hanState: 'unstable', han: true });
    expect(of(69)).toMatchObject({ phase: 'activation', reason: 'timeout', han: false });
    expect(of(70)).toMatchObject({
      version: '2.0',
      reason: 'han-unstable',
      failedAt: '2026-03-02T03:00:00.000Z',
      hanState: 'stable',
      han: true,
    });
    expect(of(105)).toMatchObject({ version: '', reason: '8F1C', han: false });
  });

  it('are counted by supplier, region, model and reason', async () => {
    const { by } = await ask();
    expect(by).toEqual([
      { dimension: 'supplier', value: 'sup-canary', devices: 7, han: 4 },
      { dimension: 'supplier', value: 'sup-01', devices: 5, han: 5 },
      { dimension: 'region', value: 'North', devices: 6, han: 4 },
      { dimension: 'region', value: 'South', devices: 6, han: 5 },
      { dimension: 'model', value: 'KM-200', devices: 12, han: 9 },
      { dimension: 'reason', value: 'han-unstable', devices: 8, han: 8 },
      { dimension: 'reason', value: 'timeout', devices: 3, han: 1 },
      { dimension: 'reason', value: '8F1C', devices: 1, han: 0 },
    ]);
  });

  it('make a share of the alerts, most of which the firmware would have ended', async () => {
    const { alerts, share, effects, saved } = await ask();
    // Ten days: 60 with the firmware raise one a day, 60 without it ten.
    expect(alerts).toEqual({ all: 6600, blocked: 1200, han: 900 });
    expect(share).toBeCloseTo(1200 / 6600, 12);
    // Device 105 doesn't say which firmware failed; all of the control has the same days as the others.
    expect(effects).toMatchObject([
      { version: '2.0', upgraded: 60, control: 59, blockedAlerts: 110, refused: '' },
    ]);
    expect(effects[0]!.cut!.value).toBeCloseTo(0.9, 9);
    expect(saved!.value).toBeCloseTo(99, 6);
    expect(saved!.low).toBeCloseTo(99, 3);
    expect(saved!.high).toBeCloseTo(99, 3);
  });

  it('of a party are its own, by what the firmware ends for all', async () => {
    const told = await ask('sup-01');
    expect(numbers(told)).toEqual(range(61, 65));
    expect(told.alerts).toEqual({ all: 60 * 10 + 5 * 100, blocked: 500, han: 500 });
    expect(told.saved!.value).toBeCloseTo(45, 6);
    expect(JSON.stringify(told)).not.toContain('sup-canary');
    // The network operator is told of its meters, but not who supplies them.
    const operator = await ask('dno-01');
    expect(numbers(operator)).toEqual([...range(61, 70), 104, 105]);
    expect(JSON.stringify(operator)).not.toContain('sup-');
    expect(await ask('nobody')).toMatchObject({ devices: [], by: [], share: null, saved: null });
  });

  it('have nothing saved where no firmware mends the code, or nobody could know', async () => {
    expect(await ask(null, { codes: '8F3E' })).toMatchObject({ share: null, saved: null, effects: [] });
    const early = await ask(null, { from: '2026-02-20T00:00:00Z', to: '2026-03-05T00:00:00Z' });
    expect(early).toMatchObject({ saved: null, effects: [{ cut: null, upgraded: 0 }] });
    expect(early.effects[0]!.refused).toContain('too few devices');
  });

  it('of a rollout are those on which its firmware failed', async () => {
    const told = await ask(null, { rollout: 'meters' });
    // Device 105 doesn't say what failed.
    expect(numbers(told)).toEqual([...range(61, 70), 104]);
    expect(told.alerts).toEqual({ all: 6600, blocked: 1100, han: 900 });
    expect(told.by.find(({ value }) => value === 'KM-200')!.devices).toBe(11);
    // The next firmware failed on nobody.
    expect(await ask(null, { rollout: 'next' })).toMatchObject({ devices: [], share: 0, saved: null });
    await expect(ask(null, { rollout: 'none' })).rejects.toThrow(
      'rollout none: expected one that the registry has: meters, next',
    );
  });

  it('say so of themselves, until they have succeeded', async () => {
    const device = QUESTIONS.find(({ name }) => name === 'device')!;
    const of = async (number: number, party: string | null = null) =>
      device.answer(
        store,
        device.asked.parse({ device: String(number).padStart(16, '0'), to: '2026-03-20T00:00:00Z' }),
        { party },
      );
    const told = await of(61, 'sup-01');
    expect(told).toMatchObject({
      blocked: {
        version: '2.0',
        phase: 'download',
        reason: 'han-unstable',
        failedAt: '2026-03-02T02:00:00.000Z',
      },
    });
    expect(device.show(told as never)).toContain(
      'Blocked since 2026-03-02 02:00: download of firmware 2.0 failed, han-unstable',
    );
    expect(await of(101)).toMatchObject({ blocked: null });
  });

  it('end in who can act', async () => {
    const text = blocked.show(await ask());
    expect(text).toContain('8 devices: their suppliers can mend the HAN, then ask for the download again.');
    expect(text).toContain('With the firmware, by the supplier, 99 alerts a day less (99 to 99, 95%).');
    expect(() => blocked.asked.parse({ from: '2026-03-10', to: '2026-03-20', codes: '80 14' })).toThrow(
      'expected alert codes such as 8014,8015',
    );
  });
});
