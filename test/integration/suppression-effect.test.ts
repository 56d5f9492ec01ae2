import type { Store } from '@tocsin/clickhouse';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { deviceId, type Told as Event, feedHistory } from '../support/device-history.ts';
import { type Engine, startEngine } from '../support/fresh-store.ts';
import { ask } from '../support/questions.ts';
import { type FedMessage, feedBlocks, HOUR } from '../support/store-feed.ts';

// Meters of one model, each with a hub of its own. On 1 to 40 code 8014 is switched off, on 11 and 15 May 2020 in turn; it
// goes from 5 and 6 alerts on alternate days to none or one, by the meter, while everybody's others raise two more from 11
// May on. Of 8F30 there are always two.
const DAY = 24 * HOUR;
const FIRST = Date.UTC(2020, 3, 1) / 1000;
const DAYS = 62;
const METERS = 100;
const OFF = 40;
const upTo = (n: number) => Array.from({ length: n }, (_, i) => i);
const switchedOff = (i: number) => (i < OFF ? [40, 44][(i >> 1) % 2]! : Number.POSITIVE_INFINITY);
const alerts = (i: number, t: number) => (t > switchedOff(i) ? i % 2 : 5 + ((i + t) % 2) + (t >= 40 ? 2 : 0));

/** −5.5 to 0.5 against two more, and by hubs, of which the off ones are half a step above and below: 40 · (0.5 / 40)². */
const EFFECT = { value: -7, se: Math.sqrt((0.00625 * METERS) / (METERS - 1)) };
const STUDENT_99 = 1.98421695;

const day = (t: number) => new Date((FIRST + t * DAY) * 1000).toISOString().slice(0, 10);
function messages(): FedMessage[] {
  const found: FedMessage[] = [];
  for (const t of upTo(DAYS))
    for (const i of upTo(METERS)) {
      const say = (code: string, hour: number, count: number) =>
        found.push({
          offset: found.length,
          receivedAt: FIRST + t * DAY + hour * HOUR,
          ...{ code, device: 1 + i, alerts: count, attributes: { device_kind: 'ESME', region: 'North' } },
        });
      if (alerts(i, t) > 0) say('8014', 12, alerts(i, t));
      say('8F30', 13, 2);
    }
  return found;
}
const HISTORY = upTo(METERS).flatMap((i): Event[] => [
  {
    ...{ at: '2019-06-01 12:00', device: 1 + i, event: 'installed', kind: 'ESME', manufacturer: 'Kestrel' },
    ...{ model: 'KM-200', firmware: '1.0', region: 'North', hub: deviceId(9000 + i) },
    // Of the third nobody is switched off, of the second too few.
    supplier: i < 34 ? 'sup-a' : i < OFF ? 'sup-b' : 'sup-c',
  },
  ...(Number.isFinite(switchedOff(i))
    ? [
        {
          ...{ at: `${day(switchedOff(i))} 03:00`, device: 1 + i, event: 'alert-behaviour', code: '8014' },
          ...{ setting: 'off', via: '6.22' },
        },
      ]
    : []),
]);

interface Effect {
  code: string;
  scope: string;
  estimate: number | null;
  low: number;
  high: number;
  before: number;
  se: number;
  activated: number;
  controls: number;
  avoidedPerDay: { value: number };
  beforeAfter: { value: number };
  placebo: { value: number };
  warning: string | null;
  refused: string | null;
}
interface Told {
  adoption: { day: string; activated: number; devices: number }[];
  effects: Effect[];
  others: Effect[];
  by: { dimension: string; value: string; effect: Effect }[];
  reading: string;
}

let engine: Engine;
let store: Store;
/** London's midnight, to the thousandth that a moment may be given. */
const TO = '2020-06-30T23:00:00.345Z';
const asked = (party: string | null = null, given = {}) =>
  ask<Told>(store, 'suppression-effect', { code: '8014', to: TO, ...given }, { party });

beforeAll(async () => {
  engine = await startEngine();
  store = await engine.freshStore();
  await feedHistory(store, HISTORY);
  const accepted = messages();
  await feedBlocks(store, {
    ...{ partition: 0, first: 0, last: accepted.length - 1, rejected: [], duplicates: 0 },
    accepted,
  });
});
afterAll(() => engine.stop());

it('tells what switching off ended, against meters on which it was not, and who can go on', async () => {
  const told = await asked();
  expect(told.adoption.at(-1)).toEqual({ day: '2020-05-15', activated: OFF, devices: METERS });
  const [own] = told.effects;
  expect(own).toMatchObject({
    ...{ code: '8014', scope: 'device', activated: OFF, controls: METERS - OFF },
    ...{ warning: null, refused: null },
  });
  expect(own!.estimate).toBeCloseTo(EFFECT.value, 8);
  expect(own!.se).toBeCloseTo(EFFECT.se, 8);
  expect(own!.low).toBeCloseTo(EFFECT.value - STUDENT_99 * EFFECT.se, 6);
  expect(own!.avoidedPerDay.value).toBeCloseTo(-EFFECT.value * OFF, 4);
  // Of those of 15 May four of the days before are dearer already, which their controls show as well.
  expect(own!.before).toBeCloseTo(5.5 + 4 / 14, 8);
  expect(own!.beforeAfter.value).toBeCloseTo(-5 - 4 / 14, 8);
  expect(own!.placebo.value).toBeCloseTo(0, 8);
  expect(told.by).toMatchObject([{ dimension: 'model', value: 'Kestrel KM-200', effect: { estimate: -7 } }]);
  expect(told.reading).toBe(
    'With 8014 switched off there are 280 alerts 8014 a day less (95%: 274 to 286). ' +
      'Of so few devices the interval is too narrow where a handful raise most of the alerts. ' +
      'Whoever is responsible for the devices can go on with the other 60 devices, for about 420 alerts a day less, ' +
      'should they be like the first.',
  );
});

it('sees that everything else stays as it was', async () => {
  const { others, effects } = await asked();
  expect(others).toMatchObject([
    { code: 'others', scope: 'device', estimate: 0, before: 2 },
    { code: 'others', scope: 'han', estimate: 0, before: 2 },
  ]);
  expect(effects.map(({ code }) => code)).toEqual(['8014', '8014']);
});

it('shows a party what was switched off on its own meters, or why nothing can be told', async () => {
  const first = await asked('sup-a');
  expect(first.adoption.at(-1)).toMatchObject({ activated: 34, devices: 34 });
  expect(first.effects[0]).toMatchObject({ activated: 34, controls: METERS - OFF, refused: null });
  expect(first.effects[0]!.estimate).toBeCloseTo(EFFECT.value, 8);
  const second = await asked('sup-b');
  expect(second.effects[0]).toMatchObject({
    estimate: null,
    refused: 'only 6 activated devices can be compared: 30 are needed',
  });
  expect(second.reading).toMatch(/^Nothing can be said of 8014: only 6/);
  const third = await asked('sup-c');
  expect(third).toMatchObject({ adoption: [], effects: [], others: [], by: [] });
  expect(JSON.stringify([first, second, third])).not.toMatch(/sup-/);
});

it('says so where the code was switched off nowhere, and where there are no days after it yet', async () => {
  expect((await asked(null, { code: '8F30' })).reading).toBe(
    'On no device 8F30 was switched off in this period: nothing can be said.',
  );
  const early = await asked(null, { to: '2020-05-14' });
  expect(early.effects[0]!.refused).toMatch(/no activation has controls, and 7 complete days/);
});
