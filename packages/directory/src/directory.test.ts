import type { DeviceAttributes } from '@tocsin/domain';
import { UNKNOWN_DEVICE } from '@tocsin/domain';
import { expect, test } from 'vitest';
import { Directory } from './directory.ts';
import type { Patch } from './profiles.ts';

const NO_HUB = { hi: 0, lo: 0 };
type Change = readonly [at: number, patch: Patch, hub?: typeof NO_HUB];

function tell(directory: Directory, device: typeof NO_HUB, changes: readonly Change[]): void {
  directory.begin(device.hi, device.lo);
  for (const [at, patch, hub = NO_HUB] of changes) {
    directory.change(at, directory.addPatch(patch), hub.hi, hub.lo);
  }
  directory.end();
}

function ask(directory: Directory, device: typeof NO_HUB, at: number) {
  const interval = directory.find(device, at);
  if (interval < 0) return null;
  const hub = { hi: 0, lo: 0 };
  directory.hub(interval, hub);
  return { attributes: directory.attributes(directory.profile(interval)), hub };
}

const METER = { hi: 0x00db1234, lo: 0x567890a0 };
const HUB = { hi: 0x00db1234, lo: 0x00000001 };

test('a device is what the last event before the time said', () => {
  const directory = new Directory();
  tell(directory, METER, [
    [100, { kind: 'ESME', manufacturer: 'Kestrel', model: 'KM-200', firmware: '3.4.0', supplier: 'sup-01' }],
    [150, {}, HUB],
    [200, { firmware: '3.5.1' }],
    [300, { supplier: '' }],
  ]);
  expect(ask(directory, METER, 99)).toBeNull();
  expect(ask(directory, METER, 100)?.attributes).toMatchObject({ kind: 'ESME', firmware: '3.4.0' });
  expect(ask(directory, METER, 149)?.hub).toEqual(NO_HUB);
  expect(ask(directory, METER, 150)?.hub).toEqual(HUB);
  expect(ask(directory, METER, 199.5)?.attributes.firmware).toBe('3.4.0');
  expect(ask(directory, METER, 200)?.attributes).toMatchObject({ firmware: '3.5.1', supplier: 'sup-01' });
  expect(ask(directory, METER, 1e15)?.attributes).toMatchObject({ firmware: '3.5.1', supplier: '' });
  expect(ask(directory, METER, 1e15)?.hub).toEqual(HUB);
  // Named as a hub alone, it isn't known.
  expect(ask(directory, HUB, 1e15)).toBeNull();
  expect([directory.devices, directory.intervals]).toEqual([1, 4]);
});

test('events that change nothing make no interval, of several at one time the last holds', () => {
  const directory = new Directory();
  tell(directory, METER, [
    [100, { kind: 'GSME' }],
    [200, {}],
    [300, { kind: 'GSME' }],
    [400, { region: 'North' }],
    [400, { region: 'South' }],
  ]);
  expect(directory.intervals).toBe(2);
  expect(ask(directory, METER, 400)?.attributes).toMatchObject({ kind: 'GSME', region: 'South' });
});

test('codes are switched off and on again', () => {
  const directory = new Directory();
  tell(directory, METER, [
    [1, { kind: 'ESME', switched: { code: '8015', off: true } }],
    [2, { switched: { code: '8014', off: true } }],
    [3, { switched: { code: '8015', off: false } }],
  ]);
  expect(ask(directory, METER, 2)?.attributes.suppressed).toEqual(['8014', '8015']);
  expect(ask(directory, METER, 3)?.attributes.suppressed).toEqual(['8014']);
});

/** What the directory promises, in the plainest way. */
function plain(changes: readonly Change[], at: number) {
  const held = changes.filter(([from]) => from <= at);
  if (held.length === 0) return null;
  let attributes: DeviceAttributes = { ...UNKNOWN_DEVICE };
  let hub = NO_HUB;
  for (const [, { switched, ...patch }, joined] of held) {
    attributes = { ...attributes, ...patch };
    if (switched) {
      const others = attributes.suppressed.filter((code) => code !== switched.code);
      attributes.suppressed = switched.off ? [...others, switched.code].sort() : others;
    }
    if (joined) hub = joined;
  }
  return { attributes, hub };
}

test('answers as a plain list does, over many devices, histories told anew, and times', () => {
  const directory = new Directory();
  let state = 7;
  const draw = (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const drawPatch = (): Patch => ({
    ...(draw(3) === 0 && { kind: draw(2) ? ('ESME' as const) : ('CHF' as const) }),
    ...(draw(3) === 0 && { firmware: `1.${draw(4)}` }),
    ...(draw(4) === 0 && { supplier: draw(3) ? `sup-${draw(5)}` : '' }),
    ...(draw(5) === 0 && { switched: { code: `80${10 + draw(3)}`, off: draw(2) === 0 } }),
  });
  const histories = new Map<number, Change[]>();
  for (let n = 0; n < 20_000; n++) {
    const lo = draw(3000);
    const changes = [...(histories.get(lo) ?? [])];
    const device = { hi: 0x00db0000, lo: 0xfffff000 + lo };
    const hub = draw(3) === 0 ? { hi: 0x00db0000, lo: 0xfffff000 + draw(4000) } : undefined;
    const change: Change = hub ? [draw(50), drawPatch(), hub] : [draw(50), drawPatch()];
    // Late ones fall in between: after those of the same time, as the reader orders them.
    const place = changes.findLastIndex(([at]) => at <= change[0]) + 1;
    changes.splice(place, 0, change);
    histories.set(lo, changes);
    tell(directory, device, changes);
  }
  for (const [lo, changes] of histories) {
    for (const at of [-1, 0, 5, 17, 30, 49, 50]) {
      expect(ask(directory, { hi: 0x00db0000, lo: 0xfffff000 + lo }, at)).toEqual(plain(changes, at));
    }
  }
  expect(directory.devices).toBe(histories.size);
});

test('histories that are told again and again take no more room for ever', () => {
  const directory = new Directory();
  const patches = Array.from({ length: 64 }, (_, n) =>
    directory.addPatch({ kind: 'CHF', firmware: `1.${n}` }),
  );
  for (let device = 0; device < 100; device++) {
    for (let count = 1; count <= 64; count++) {
      directory.begin(1, device);
      for (let n = 0; n < count; n++) directory.change(n, patches[n]!, 0, 0);
      directory.end();
    }
  }
  expect(directory.intervals).toBe(6400);
  const before = directory.bytes;
  for (let round = 0; round < 200; round++) {
    for (let device = 0; device < 100; device++) {
      directory.begin(1, device);
      for (let n = 0; n < 64 - (round % 2); n++) directory.change(n, patches[n]!, 0, 0);
      directory.end();
    }
  }
  expect(directory.intervals).toBe(6300);
  expect(directory.bytes).toBeLessThanOrEqual(before + 4_000_000);
  expect(ask(directory, { hi: 1, lo: 99 }, 20)?.attributes.firmware).toBe('1.20');
});
