import { ALL, QUESTIONS } from '@tocsin/answers';
import { buildBuckets, type Store } from '@tocsin/clickhouse';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type Engine, startEngine } from '../support/fresh-store.ts';
import { BUCKETS, feedRollout, hubId, idText } from '../support/rollout-world.ts';
import { DEVICE_DAYS } from '../support/targets.ts';

// Expected figures come from a program of its own in another language, over the devices one by one, with Student's
// quantiles of scipy.

const MAIN = {
  value: -2.944340775,
  low: -3.065680817,
  high: -2.823000732,
  se: 0.061058049,
  alone: -2.030525031,
  placebo: 0.015236598,
};
const SIDE = { value: 1.5, low: 1.346101331 };
const DEAF = { value: -4.106733937, without: -2.931031861 };

const rollout = QUESTIONS.find(({ name }) => name === 'rollout')!;
let engine: Engine;
let store: Store;
/** Of other worlds. */
let other: Store;
/** What the whole network is told without a further word. */
let told: Told;

beforeAll(async () => {
  engine = await startEngine();
  store = await engine.freshStore();
  other = await engine.freshStore();
  await feedRollout(store);
  told = await ask(store);
});
beforeEach(() => engine.empty(other));
afterAll(() => engine.stop());

interface Interval {
  value: number;
  low: number;
  high: number;
}
interface Effect {
  code: string;
  scope: string;
  estimate: number | null;
  low: number | null;
  high: number | null;
  before: number | null;
  se: number | null;
  pAdjusted: number | null;
  activated: number;
  controls: number;
  beforeAfter: Interval | null;
  placebo: Interval | null;
  withoutSilent: Interval | null;
  warning: string | null;
  refused: string | null;
}
interface Told {
  adoption: { day: string; activated: number; devices: number }[];
  pauses: { reason: string }[];
  silent: { devices: number };
  effects: Effect[];
  others: Effect[];
  by: { dimension: string; value: string; effect: Effect }[];
  reading: string;
}

/** London's midnight, to the thousandth that a moment may be given. */
const TO = '2020-06-30T23:00:00.345Z';

async function ask(of: Store, given: object = {}, party: string | null = null): Promise<Told> {
  const asked = rollout.asked.parse({ rollout: 'wnc', to: TO, ...given });
  const told = await rollout.answer(of, asked, party === null ? ALL : { party });
  expect(rollout.told.parse(told)).toEqual(told);
  return told as Told;
}
const effectOf = ({ effects }: Told, code: string, scope: string) =>
  effects.find((one) => one.code === code && one.scope === scope)!;

it('tells of the devices what is so, by adoption, effect, interval, placebo and the change alone', () => {
  expect(told.adoption).toEqual([
    { day: '2020-05-11', activated: 12, devices: 90 },
    { day: '2020-05-12', activated: 24, devices: 90 },
    { day: '2020-05-13', activated: 24, devices: 90 },
    { day: '2020-05-14', activated: 24, devices: 90 },
    { day: '2020-05-15', activated: 36, devices: 90 },
  ]);
  expect(told.pauses).toMatchObject([{ reason: 'weather' }]);
  const own = effectOf(told, '8F3E', 'device');
  expect(own).toMatchObject({
    activated: 36,
    controls: 53,
    withoutSilent: null,
    warning: null,
    refused: null,
  });
  expect(own.estimate).toBeCloseTo(MAIN.value, 8);
  expect(own.low).toBeCloseTo(MAIN.low, 6);
  expect(own.high).toBeCloseTo(MAIN.high, 6);
  expect(own.se).toBeCloseTo(MAIN.se, 8);
  expect(own.beforeAfter!.value).toBeCloseTo(MAIN.alone, 8);
  expect(own.placebo!.value).toBeCloseTo(MAIN.placebo, 8);
  expect(told.reading).toMatch(/^With firmware 1\.11\.2 there are 106 alerts 8F3E a day less/);
});

it('finds what meters raise more on the HANs of activated hubs', () => {
  const side = effectOf(told, '8014', 'han');
  expect(side.estimate).toBeCloseTo(SIDE.value, 8);
  expect(side.low).toBeCloseTo(SIDE.low, 6);
  expect(side.pAdjusted).toBeLessThan(1e-12);
  expect(told.reading).toMatch(/more of 8014 on their HANs/);
  expect(effectOf(told, '8014', 'device')).toBeUndefined();
});

it('tells the same once days are built, and half built', async () => {
  await feedRollout(other);
  await buildBuckets(other, DEVICE_DAYS, BUCKETS.slice(20, 45));
  expect(await ask(other)).toEqual(told);
  await buildBuckets(other, DEVICE_DAYS, BUCKETS);
  expect(await ask(other)).toEqual(told);
});

it('refuses with the reason where too few devices are activated', async () => {
  const told = await ask(store, { from: '2020-05-12' });
  expect(effectOf(told, '8F3E', 'device')).toMatchObject({
    estimate: null,
    refused: 'only 24 activated devices can be compared: 30 are needed',
  });
  expect(told.reading).toMatch(/^Nothing can be said of 8F3E: only 24/);
});

it('looks at nothing that comes later', async () => {
  const told = await ask(store, { to: '2020-05-14' });
  expect(told.adoption.at(-1)).toEqual({ day: '2020-05-12', activated: 24, devices: 90 });
  expect(effectOf(told, '8F3E', 'device').refused).toMatch(/no activation has controls, and 7 complete days/);
});

it('shows a party its own devices, and of others no more than totals', async () => {
  const told = await ask(store, {}, 'sup-a');
  expect(told.adoption.at(-1)).toEqual({ day: '2020-05-15', activated: 36, devices: 40 });
  const own = effectOf(told, '8F3E', 'device');
  expect(own).toMatchObject({ activated: 36, controls: 53, refused: null });
  expect(own.estimate).toBeCloseTo(MAIN.value, 8);
  expect(effectOf(told, '8F3E', 'han').refused).toMatch(/only 36 activated HANs .* 50 are needed/);
  expect(new Set(told.by.map(({ dimension }) => dimension))).toEqual(new Set(['region']));
  const all = JSON.stringify(told);
  expect(all).not.toMatch(/sup-b/);
  expect(all).not.toContain(idText(hubId(80)));
  expect(await ask(store, {}, 'sup-b')).toMatchObject({ adoption: [], effects: [], by: [] });
});

it('warns of devices that fell silent, and tells the effect without them', async () => {
  await feedRollout(other, [0, 3, 6, 9, 12, 15]);
  const told = await ask(other);
  const own = effectOf(told, '8F3E', 'device');
  expect(told.silent.devices).toBe(6);
  expect(own.estimate).toBeCloseTo(DEAF.value, 8);
  expect(own.withoutSilent!.value).toBeCloseTo(DEAF.without, 8);
  expect(own.warning).toMatch(/silent/);
  expect(told.reading).toMatch(/6 HANs fell silent/);
});

it('calls no benefit what falls with everything else', async () => {
  await feedRollout(other, [], { deafens: true });
  const told = await ask(other);
  const own = effectOf(told, '8F3E', 'device');
  expect(own.high).toBeLessThan(0);
  expect(own.warning).toMatch(
    /^it falls by \d+% .* and everything else there by \d+% .*: devices that fall silent/,
  );
  const rest = told.others.find(({ scope }) => scope === 'han')!;
  // Of a meter's one and two on alternate days none and one are heard.
  expect(rest.estimate! / rest.before!).toBeCloseTo(-2 / 3, 8);
  expect(told.reading).toMatch(/^8F3E falls with firmware 1\.11\.2, but that is not to be called a benefit/);
  expect(told.reading).not.toMatch(/can go on/);
});

it('names the rollouts that there are to whoever asks for another', async () => {
  await expect(ask(store, { rollout: 'other' })).rejects.toThrow(
    'rollout other: expected one that the registry has: wnc',
  );
});
