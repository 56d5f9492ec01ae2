import { plainEui64 } from '@tocsin/domain';
import { beforeAll, expect, test } from 'vitest';
import { loadScenario, scenarioFile } from './load.ts';
import { createRun } from './run.ts';

/** What the network does, seen in its alerts as a witness sees them. */
interface Seen {
  readonly code: string;
  readonly device: string;
  readonly at: number;
  readonly count: number;
  readonly encoding: string;
  readonly reason: string;
  readonly party: string;
}

interface Event {
  readonly deviceId: string;
  readonly event: string;
  readonly effectiveAt: string;
  readonly kind?: string;
  readonly credentials?: string;
}

const SCENARIO = loadScenario(scenarioFile('opsg-34'));
const SCALE = 10_000;
const seen: Seen[] = [];
const events: Event[] = [];
let lost = 0;

beforeAll(() => {
  const run = createRun({
    scenario: SCENARIO,
    scale: SCALE,
    seed: 3,
    witness: ({ alertCode, device, receivedAt, count, encoding }, { reason, responsibleParty }) =>
      void seen.push({
        ...{ code: alertCode, device: plainEui64(device), at: receivedAt, count, encoding },
        ...{ reason, party: responsibleParty },
      }),
  });
  for (const { inventory } of run.pieces())
    for (const { value } of inventory) events.push(JSON.parse(value.toString()) as Event);
  lost = run.truth().lost.messages;
});

const of = (...codes: string[]) => seen.filter(({ code }) => codes.includes(code));
const between = (from: string, to: string) => {
  const [first, end] = [Date.parse(from), Date.parse(to)];
  return ({ at }: Seen) => at >= first && at < end;
};
const countBy = <T>(of: readonly T[], key: (one: T) => string) => {
  const counts = new Map<string, number>();
  for (const one of of) counts.set(key(one), (counts.get(key(one)) ?? 0) + 1);
  return counts;
};
const shapedBy = (shape: string) =>
  SCENARIO.alerts.filter((one) => one.shape === shape && !one.clears).map(({ code }) => code);

const clock = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  ...{ weekday: 'short', hour: '2-digit', hourCycle: 'h23' },
});
const inLondon = (at: number) => {
  const parts = new Map(clock.formatToParts(at).map(({ type, value }) => [type, value]));
  return { hour: Number(parts.get('hour')), weekday: parts.get('weekday')! };
};

test.each([
  ['winter', '2020-02-01T00:00Z', '2020-03-29T00:00Z'],
  ['summer', '2020-03-30T00:00Z', '2020-06-10T00:00Z'],
])('households raise by the hour as London’s clocks have it, in %s', (_, from, to) => {
  const messages = of(...shapedBy('household'), '8014').filter(between(from, to));
  const counts = countBy(messages, ({ at }) => String(inLondon(at).hour));
  const { day } = SCENARIO.shapes.household!;
  const total = day.reduce((sum, one) => sum + one, 0);
  /** How far the hours are from the shape, moved by some hours. */
  const distance = (moved: number) =>
    day.reduce((sum, _, hour) => {
      const share = (counts.get(String(hour)) ?? 0) / messages.length;
      return sum + Math.abs(share - day[(hour + moved + 24) % 24]! / total);
    }, 0);
  expect(messages.length).toBeGreaterThan(1000);
  for (const moved of [-1, 1]) expect(distance(0)).toBeLessThan(distance(moved) * 0.7);
});

test('what comes with work comes on weekdays', () => {
  const counts = countBy(of(...shapedBy('work')), ({ at }) => inLondon(at).weekday);
  const total = [...counts.values()].reduce((sum, one) => sum + one, 0);
  const { week } = SCENARIO.shapes.work!;
  const sum = week.reduce((all, one) => all + one, 0);
  for (const [i, name] of ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].entries())
    expect([name, (counts.get(name) ?? 0) / total]).toEqual([name, expect.closeTo(week[i]! / sum, 1)]);
  expect((counts.get('Sun') ?? 0) / total).toBeLessThan(0.08);
});

test('households raise more at the weekend', () => {
  const messages = of(...shapedBy('household'), '8014');
  const counts = countBy(messages, ({ at }) => inLondon(at).weekday);
  const { week } = SCENARIO.shapes.household!;
  const sum = week.reduce((all, one) => all + one, 0);
  const weekend = ((counts.get('Sat') ?? 0) + (counts.get('Sun') ?? 0)) / messages.length;
  expect(weekend).toBeGreaterThan(2 / 7);
  expect(weekend).toBeCloseTo((week[5]! + week[6]!) / sum, 1.5);
});

test('few devices make most', () => {
  const devices = [...countBy(of('8002'), ({ device }) => device).values()].sort((a, b) => b - a);
  const meters = events.filter(({ event, kind }) => event === 'installed' && kind === 'ESME').length;
  const total = devices.reduce((sum, one) => sum + one, 0);
  const worst = devices.slice(0, Math.round(meters * 0.02)).reduce((sum, one) => sum + one, 0);
  expect(worst / total).toBeGreaterThan(0.5);
});

test('each raising of 8014 is cleared by 8015 of the same device, after 40 minutes on the average', () => {
  const raised = of('8014');
  const clears = new Map<string, number[]>();
  for (const { device, at } of of('8015')) clears.set(device, [...(clears.get(device) ?? []), at]);
  const devices = countBy(raised, ({ device }) => device);
  const apart = [...devices].map(([device, n]) => Math.abs(n - (clears.get(device)?.length ?? 0)));
  expect(apart.reduce((sum, one) => sum + one, 0) / raised.length).toBeLessThan(0.05);
  // Of devices that raise it so seldom that the next clear is that of the raising.
  const waits = raised
    .filter(({ device }) => devices.get(device)! < 100)
    .map(({ device, at }) => Math.min(...(clears.get(device) ?? []).filter((one) => one > at)) - at)
    .sort((one, other) => one - other);
  expect(waits.length).toBeGreaterThan(500);
  // Half of what is exponential is over after ln 2 of its mean.
  expect(Math.abs(waits[waits.length >> 1]! / 60_000 / (40 * Math.LN2) - 1)).toBeLessThan(0.15);
});

test('of a region whose feed has a gap nothing is taken meanwhile, and it is counted as lost', () => {
  const inGap = of('8F3E', '8F12', '8F20').filter(between('2020-05-06T15:00Z', '2020-05-06T19:00Z'));
  expect(new Set(inGap.map(({ party }) => party))).toEqual(new Set(['csp-north', 'csp-central']));
  expect(lost).toBeGreaterThan(0);
});

test('alerts of another party or none come from the meters whose credentials are wrong or missing, of 1% and 0.8%', () => {
  const meters = events.filter(({ event, kind }) => event === 'installed' && kind === 'ESME');
  const faulty = (state: string) =>
    new Set(meters.filter((one) => one.credentials === state).map((one) => one.deviceId.replaceAll('-', '')));
  const raising = (reason: string) =>
    new Set(seen.filter((one) => one.reason === reason).map(({ device }) => device));
  const { another, missing } = SCENARIO['wrong-credentials'];
  for (const [state, reason, share] of [
    ['wrong', 'credential-mismatch', another],
    ['missing', 'no-party', missing],
  ] as const) {
    expect(Math.abs(faulty(state).size - meters.length * share)).toBeLessThan(1.5);
    expect([...raising(reason)].filter((device) => !faulty(state).has(device))).toEqual([]);
    expect(raising(reason).size).toBeGreaterThan(0);
  }
});

test('who can stop nothing are the operators that are no DCC Users, and the gas supplier that is none', () => {
  const { operators, suppliers } = SCENARIO.parties;
  const nonUsers = [
    ...operators.filter(({ user }) => !user),
    ...suppliers.filter((one) => !one['gas-user']),
  ].map(({ id }) => id);
  const parties = new Set(seen.filter(({ reason }) => reason === 'not-a-dcc-user').map(({ party }) => party));
  expect([...parties].filter((party) => !nonUsers.includes(party))).toEqual([]);
  expect(parties.size).toBeGreaterThan(3);
});

test('nothing is installed in the lockdown, and then 42% of what was before', () => {
  const hubs = events.filter(({ event, kind }) => event === 'installed' && kind === 'CHF');
  const aDay = (from: string, to: string) => {
    const [first, end] = [Date.parse(from), Date.parse(to)];
    const found = hubs.filter(({ effectiveAt: at }) => Date.parse(at) >= first && Date.parse(at) < end);
    return (found.length * 86_400_000) / (end - first);
  };
  expect(aDay('2020-03-24T00:00Z', '2020-05-31T23:00Z')).toBe(0);
  const before = aDay('2020-02-01T00:00Z', '2020-03-21T00:00Z');
  expect(before * SCALE).toBeCloseTo(SCENARIO.installations['a-day'], -3);
  expect(aDay('2020-06-28T23:00Z', '2020-07-31T23:00Z') / before).toBeCloseTo(0.42, 1);
});

test('a message stands for many where it is throttled, never in raw GBCS, which only some codes have', () => {
  const mean = (of: readonly Seen[]) => of.reduce((sum, { count }) => sum + count, 0) / of.length;
  const hubs = of('8F3E');
  expect(mean(hubs.filter(({ encoding }) => encoding !== 'gbcs'))).toBeCloseTo(4.5, 0);
  expect(mean(hubs.filter(({ encoding }) => encoding === 'gbcs'))).toBe(1);
  expect(mean(of('8F20'))).toBe(1);
  const shares = countBy(hubs, ({ encoding }) => encoding);
  expect((shares.get('json') ?? 0) / hubs.length).toBeCloseTo(0.8, 1);
  expect((shares.get('duis') ?? 0) / hubs.length).toBeCloseTo(0.1, 1);
  expect((shares.get('gbcs') ?? 0) / hubs.length).toBeCloseTo(0.1, 1);
  expect(new Set(of('8F20').map(({ encoding }) => encoding))).toEqual(new Set(['json', 'duis']));
});

test('about one in a hundred of the pilot’s hubs falls silent', () => {
  const run = createRun({ scenario: SCENARIO, scale: 20, seed: 3, population: 'pilot' });
  for (const _ of run.pieces());
  const share = Number(run.truth().report['pilot.silent-share']);
  expect(Math.abs(share - 0.01)).toBeLessThan(0.004);
});
