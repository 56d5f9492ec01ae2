import { createHash } from 'node:crypto';
import { addDays, plainEui64 } from '@tocsin/domain';
import { beforeAll, expect, test } from 'vitest';
import { loadScenario, scenarioFile, shiftScenario } from './load.ts';
import { createRun, type RunOptions } from './run.ts';
import type { TruthFile } from './truth/figures.ts';

const SCENARIO = loadScenario(scenarioFile('opsg-34'));
/** So few homes that half a year of them is drawn in a moment. */
const SCALE = 100_000;

interface Told {
  readonly digest: string;
  readonly alerts: number;
  readonly events: number;
  readonly encodings: Readonly<Record<'json' | 'duis' | 'gbcs', number>>;
  readonly unordered: number;
  readonly truth: TruthFile;
}

function tell(options: Partial<RunOptions> = {}): Told {
  const run = createRun({ scenario: SCENARIO, scale: SCALE, seed: 1, ...options });
  const hash = createHash('sha256');
  const encodings = { json: 0, duis: 0, gbcs: 0 };
  let [alerts, events, unordered, newest] = [0, 0, 0, 0];
  for (const piece of run.pieces()) {
    for (const { key, value, timestamp } of [...piece.inventory, ...piece.alerts])
      hash.update(`${key} ${timestamp}`).update(value);
    for (const { value, timestamp } of piece.alerts) {
      encodings[value[0] === 0x7b ? 'json' : value[0] === 0x3c ? 'duis' : 'gbcs']++;
      if (timestamp < newest) unordered++;
      newest = Math.max(newest, timestamp);
    }
    alerts += piece.alerts.length;
    events += piece.inventory.length;
  }
  return { digest: hash.digest('hex'), alerts, events, encodings, unordered, truth: run.truth() };
}

let told: Told;
beforeAll(() => {
  told = tell();
});
const sum = (values: Iterable<number>) => [...values].reduce((all, one) => all + one, 0);

test('the same seed tells the same bytes and the same truth, another one others', () => {
  expect(tell()).toEqual(told);
  expect(tell({ seed: 2 }).digest).not.toBe(told.digest);
});

test('the truth accounts for each message: accepted, a duplicate or broken, and each accepted one has a meaning', () => {
  const { accepted, duplicates, rejected, meanings, produced } = told.truth;
  expect(produced).toBe(told.alerts);
  expect(accepted.messages + duplicates + sum(Object.values(rejected))).toBe(told.alerts);
  expect(sum(meanings.map(({ messages }) => messages))).toBe(accepted.messages);
  expect(sum(meanings.map(({ alerts }) => alerts))).toBe(accepted.alerts);
});

test('encodings, duplicates, broken and late messages are as many as the scenario says', () => {
  const { arrival } = SCENARIO;
  for (const encoding of ['json', 'duis', 'gbcs'] as const)
    expect(told.encodings[encoding] / told.alerts).toBeCloseTo(arrival.encodings[encoding] / 100, 1);
  expect(told.truth.duplicates / told.alerts).toBeCloseTo(arrival.duplicates, 3);
  expect(sum(Object.values(told.truth.rejected)) / told.alerts).toBeCloseTo(arrival.broken, 3);
  expect(told.unordered).toBeGreaterThan(0);
});

test('days, and a population, are told alone', () => {
  const day = tell({ from: '2020-06-24', to: '2020-06-24', scale: 10_000 });
  expect(day.alerts).toBeGreaterThan(500);
  expect(day.truth.report['highest-days.1.day']).toBe('2020-06-24');
  const pilot = tell({ population: 'pilot', scale: 500 });
  expect(pilot.truth.report['pilot.hubs']).toBeGreaterThan(10);
  expect(pilot.truth.devices).toBeLessThan(31_200);
});

test.each([
  ['of the whole calendar', {}, '2020-07-31T23:00:00.000Z'],
  ['of some days', { from: '2020-03-02', to: '2020-03-08' }, '2020-03-09T00:00:00.000Z'],
])(
  'nothing is told that happens after the end %s, and the truth counts the devices that are there',
  (_, days, end) => {
    const run = createRun({ scenario: SCENARIO, scale: 10_000, seed: 1, ...days });
    const events = [...run.pieces()].flatMap(({ inventory }) =>
      inventory.map(({ value }) => JSON.parse(value.toString()) as { event: string; effectiveAt: string }),
    );
    expect(events.filter(({ effectiveAt }) => effectiveAt >= end)).toEqual([]);
    expect(events.filter(({ event }) => event === 'installed')).toHaveLength(run.truth().devices);
  },
);

test('each of two hundred network operators is told apart', () => {
  const { operators } = SCENARIO.parties;
  const more = Array.from({ length: 12 }, (_, part) =>
    operators.map(({ id, share, eui64: { hi, lo }, user }) => ({
      id: part === 0 ? id : `${id}-${part}`,
      share: share / 12,
      eui64: { hi, lo: lo + part * 0x100 },
      user,
    })),
  ).flat();
  const idOf = new Map(more.map(({ id, eui64 }) => [plainEui64(eui64), id]));
  const wrong: string[] = [];
  let met = 0;
  tell({
    scenario: { ...SCENARIO, parties: { ...SCENARIO.parties, operators: more } },
    scale: 1000,
    from: '2020-07-01',
    to: '2020-07-01',
    witness({ target }, { responsibleParty }) {
      const id = idOf.get(plainEui64(target));
      if (id === undefined) return;
      met++;
      if (id !== responsibleParty) wrong.push(`${id} taken for ${responsibleParty}`);
    },
  });
  expect(met).toBeGreaterThan(1000);
  expect(wrong.slice(0, 5)).toEqual([]);
});

test('weeks later it is the same, each day that much later', () => {
  const later = shiftScenario(SCENARIO, 52);
  expect(later.calendar).toEqual({
    first: addDays(SCENARIO.calendar.first, 364),
    last: addDays(SCENARIO.calendar.last, 364),
  });
  const moved = tell({ scenario: later });
  expect(Math.abs(moved.alerts - told.alerts) / told.alerts).toBeLessThan(0.05);
});

const others = SCENARIO.firmware.filter(({ id }) => id !== 'r2-8f12');
const untaken = SCENARIO.firmware.map((one) => (one.id === 'r2-8f12' ? { ...one, waves: [] } : one));
const { pilot: _, ...unasked } = SCENARIO.figures;
test.each([
  ['that nobody took', { ...SCENARIO, firmware: untaken }],
  ['that never was', { ...SCENARIO, firmware: others, figures: unasked }],
])('a pilot %s has no figures', (_, scenario) => {
  const { report } = tell({ scenario }).truth;
  const of = Object.fromEntries(Object.entries(report).filter(([id]) => id.startsWith('pilot.')));
  expect(of).toEqual({ 'pilot.hubs': 0, 'pilot.fall': null, 'pilot.silent-share': null });
});

test('figures that a scenario does not ask for are not in its truth, and a rollout that never was is none', () => {
  const { 'highest-days': highest, 'stoppable-now': now } = SCENARIO.figures;
  const { report } = tell({
    scenario: { ...SCENARIO, figures: { 'highest-days': highest, 'stoppable-now': now } },
  }).truth;
  expect(report).toMatchObject({ 'unauthorised-access.fall': null, 'unauthorised-access.together': null });
  expect(Object.keys(report).filter((id) => /^(installations|power-factor|credentials)/.test(id))).toEqual(
    [],
  );
});

test('what firmware ends and what users end is told apart, and adds up', () => {
  const { report } = tell({ scale: 10_000 }).truth;
  const [firmware, users, together] = ['firmware', 'users', 'together'].map((part) =>
    Number(report[`unauthorised-access.${part}`]),
  );
  expect(firmware! + users!).toBeCloseTo(together!, 6);
  expect(Math.min(firmware!, users!)).toBeGreaterThan(0);
});

test.each([
  [{ from: '2020-08-01' }, 'from is 2020-08-01: expected a day of the scenario, 2020-02-01 to 2020-07-31'],
  [{ to: '2020-01-31' }, 'to is 2020-01-31: expected a day of the scenario, 2020-02-01 to 2020-07-31'],
  [{ from: '2020-05-01', to: '2020-04-01' }, 'from is 2020-05-01: expected a day not after to, 2020-04-01'],
])('days that tell nothing are refused: %j', (days, fault) => {
  expect(() => createRun({ scenario: SCENARIO, scale: SCALE, seed: 1, ...days })).toThrow(fault);
});
