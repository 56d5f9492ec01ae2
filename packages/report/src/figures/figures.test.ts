import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { shippedDefinition } from '../definition.ts';
import { credentials } from './credentials.ts';
import { highestDays } from './highest-days.ts';
import { installations } from './installations.ts';
import { pilot } from './pilot.ts';
import { pilotWeights } from './pilot-weights.ts';
import { powerFactor } from './power-factor.ts';
import { stoppableNow } from './stoppable-now.ts';
import { unauthorisedAccess } from './unauthorised-access.ts';
import { windowsAround } from './windows.ts';

const definition = shippedDefinition('opsg-34');
const SILENCE = { dispersion: 1, hubs: 0, tellable: 0, silent: 0, byChance: 0, devices: [] };
const MOMENTS = { devices: 0, sum: 0, squares: 0 };
const windows = windowsAround('2020-05-04', '2020-06-22', 7, []);

test('every measure stands in the README with what its truth is, and no other', () => {
  const row = {
    suppression: 'unstoppable',
    reason: 'R',
    responsibleParty: 'P',
    remedy: 'W',
    remedyReason: '',
    alerts: 1,
  };
  const figures = [
    unauthorisedAccess(
      definition,
      { span: { first: '2020-05-04', last: '2020-06-22' }, devices: 1 },
      windows,
      {},
    ),
    pilot(definition, {
      weights: pilotWeights([{ day: '2020-03-09', hubs: 1 }], 14, '2020-03-27', [])!,
      leftOut: [],
      changes: { pilot: MOMENTS, speaking: MOMENTS, control: MOMENTS },
      silence: { pilot: SILENCE, control: SILENCE },
    }),
    installations(definition, { installations: new Map(), alerts: new Map() }, []),
    powerFactor(definition, [row], { unstoppable: MOMENTS, others: MOMENTS }, []),
    credentials(definition, [], 1, []),
    highestDays(definition, [{ day: '2020-02-01', code: '8F12', party: '', model: '', alerts: 1 }], []),
    stoppableNow(
      {
        window: { first: '2020-07-25', last: '2020-07-31' },
        days: 7,
        levers: [],
        together: { devices: 0, alerts: 0 },
        alerts: 0,
      },
      [],
    ),
  ];
  const measured = figures.flatMap(({ measures }) =>
    measures.map(({ id }) => id.replace('highest-days.1.', 'highest-days.K.')),
  );
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const told = [...readme.matchAll(/^\| (`.*?) \| (?:count|estimate) \|/gm)].flatMap(([, ids]) => {
    const [first, ...rest] = ids!.replaceAll('`', '').split(', ') as [string, ...string[]];
    const figure = first.slice(0, first.indexOf('.'));
    return [first, ...rest.map((id) => figure + id)];
  });
  expect(measured.toSorted()).toEqual(told.toSorted());
});

test('an incomplete day goes from its own window, and its weekday from the other', () => {
  // 30 April and 25 June are Thursdays.
  expect(windowsAround('2020-05-04', '2020-06-22', 7, ['2020-04-30'])).toEqual({
    before: { first: '2020-04-27', last: '2020-05-03' },
    after: { first: '2020-06-23', last: '2020-06-29' },
    leftOut: ['2020-04-30', '2020-06-25'],
    days: 6,
  });
});

test('the weights of a cohort add up to nothing, and leave out its own day and incomplete ones', () => {
  const { first, last, rows } = pilotWeights(
    [
      { day: '2020-03-09', hubs: 3 },
      { day: '2020-03-10', hubs: 1 },
    ],
    2,
    '2020-03-13',
    ['2020-03-08'],
  )!;
  expect([first, last]).toEqual(['2020-03-07', '2020-03-12']);
  // 7, 8 (incomplete), 9, 10, 11, 12 March.
  expect(rows[1]).toEqual([1e9, 0, 0, -333333333, -333333333, -333333333]);
  expect(rows[2]).toEqual([0, 0, 1e9, 0, -5e8, -5e8]);
  expect(rows[0]).toEqual([75e7, 0, 25e7, -25e7, -375e6, -375e6]);
});

test('a rollout without activations, and one whose windows the store has not, are told apart', () => {
  const why = (...args: Parameters<typeof unauthorisedAccess>) =>
    unauthorisedAccess(...args).measures.map(({ value, absent }) => [value, absent]);
  const none = 'none: no activation was observed';
  expect(why(definition, null, null, {})).toEqual([
    [null, none],
    [null, none],
  ]);
  const rollout = { span: { first: '2020-05-04', last: '2020-07-30' }, devices: 9 };
  const missing = 'the windows around the rollout are not in the store';
  expect(why(definition, rollout, null, {})).toEqual([
    [null, missing],
    [null, missing],
  ]);
});

test('too few devices of an owner: not shown, with how many there are', () => {
  const few = {
    devices: 29,
    before: 2900,
    after: 29,
    beforeSquares: 290_000,
    products: 2900,
    afterSquares: 29,
  };
  const { measures } = unauthorisedAccess(
    definition,
    { span: { first: '2020-05-04', last: '2020-06-22' }, devices: 29 },
    windows,
    { firmware: few, neither: { ...few, devices: 40 } },
  );
  const firmware = measures.find(({ id }) => id === 'unauthorised-access.firmware')!;
  expect(firmware).toMatchObject({ value: null, n: 29, absent: expect.stringContaining('not shown') });
});
