import { expect, test } from 'vitest';
import { countBy } from './count-by.ts';
import { saved } from './saved.ts';
import type { Told } from './told.ts';

const device = (supplier: string, han: boolean): Told['devices'][number] => ({
  device: '00DB123456789000',
  kind: 'ESME',
  supplier,
  region: 'South',
  manufacturer: 'Kestrel',
  model: 'KM-200',
  firmware: '3.4.0',
  version: '3.5.1',
  phase: 'download',
  reason: han ? 'han-unstable' : 'timeout',
  failedAt: '2020-07-01T00:00:00Z',
  hanState: '',
  han,
});

test('devices are counted by each dimension, the most first, then by name', () => {
  const by = countBy([device('b', true), device('a', false), device('c', true), device('c', false)]);
  expect(by.filter(({ dimension }) => dimension === 'supplier')).toEqual([
    { dimension: 'supplier', value: 'c', devices: 2, han: 1 },
    { dimension: 'supplier', value: 'a', devices: 1, han: 0 },
    { dimension: 'supplier', value: 'b', devices: 1, han: 1 },
  ]);
  expect(by.find(({ dimension }) => dimension === 'region')).toMatchObject({ value: 'South', devices: 4 });
});

const effect = (blockedAlerts: number, cut: Told['effects'][number]['cut']): Told['effects'][number] => ({
  manufacturer: 'Kestrel',
  model: 'KM-200',
  version: '3.5.1',
  actingParty: 'supplier',
  codes: ['8014'],
  cut,
  refused: '',
  upgraded: 100,
  control: 100,
  blockedAlerts,
});

test('what is saved is what the firmware ends of what they raise; distances add up as squares', () => {
  const one = effect(100, { value: 0.9, low: 0.87, high: 0.92 });
  expect(saved([one])).toMatchObject({ value: 90, low: 87, high: 92 });
  const two = saved([one, effect(10, { value: 0.5, low: 0.1, high: 0.6 })])!;
  expect(two.value).toBeCloseTo(95, 12);
  expect(two.low).toBeCloseTo(95 - 5, 12);
  expect(two.high).toBeCloseTo(95 + Math.sqrt(5), 12);
});

test('nothing is said to be saved where it can’t be known, or nothing was raised', () => {
  expect(saved([])).toBeNull();
  expect(saved([effect(0, { value: 0.9, low: 0.8, high: 1 })])).toBeNull();
  expect(saved([effect(100, { value: 0.9, low: 0.8, high: 1 }), effect(10, null)])).toBeNull();
});
