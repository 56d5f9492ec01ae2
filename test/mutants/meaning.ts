import type { Mutant } from './mutant.ts';

const rules = (name: string, file: string, ...edits: [find: string, replace: string][]): Mutant => ({
  name,
  file: `packages/domain/src/classify/${file}`,
  edits,
  project: 'unit',
  suite: 'packages/domain/src/classify/',
});

const scenario = (name: string, file: string, ...edits: [find: string, replace: string][]): Mutant => ({
  name,
  file: `services/simulator/src/scenario/${file}`,
  edits,
  project: 'unit',
  suite: 'services/simulator/src/scenario/behaviour.test.ts',
});

/** What an alert means, and what the scenario draws. */
export const MEANING: readonly Mutant[] = [
  {
    name: 'a clock believed however wrong it is',
    file: 'packages/domain/src/attribution.ts',
    edits: [
      ['!Number.isNaN(alert.raisedAt) && !isClockSuspect(alert, bounds)', '!Number.isNaN(alert.raisedAt)'],
    ],
    project: 'unit',
    suite: 'packages/domain/src/attribution.test.ts',
  },
  rules('a DCC User whatever the role', 'party-index.ts', ['holder.in.role === role &&', '']),
  rules('a DCC User beyond the end of the role', 'party-index.ts', ['within(holder.in.valid, at) &&', '']),
  rules('credentials of the network operator not looked at', 'responsible-party.ts', [
    'return byRecord(recorded, named, device.credentials);',
    "return byRecord(recorded, named, '');",
  ]),
  scenario('every network operator taken for a DCC User', 'addressees.ts', [
    "user ? '' : 'not-a-dcc-user',",
    "'',",
  ]),
  scenario('every day a Monday', 'streams.ts', ['week[calendar.weekday[hour]!]!', 'week[0]!']),
  scenario('hours of the day in UTC', 'calendar.ts', [
    'calendar.hourOfDay[hour] = clockHour(hour - midnight, next - midnight);',
    'calendar.hourOfDay[hour] = hour % 24;',
  ]),
  scenario('three times as many hubs deaf', 'unfold.ts', [
    'deaf(activated++) < firmware.deaf)',
    'deaf(activated++) < firmware.deaf * 3)',
  ]),
];
