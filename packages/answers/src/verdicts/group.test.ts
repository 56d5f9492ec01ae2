import { expect, it } from 'vitest';
import { groupVerdicts, type Verdict } from './group.ts';

const verdict = (of: Partial<Verdict>): Verdict => ({
  ...{
    code: '8014',
    suppression: 'suppressible',
    reason: 'service-request',
    stoppable: true,
    lever: 'service-request',
  },
  ...{ party: 'dno-01', responsible: 'dno-01', alerts: 10, ...of },
});

const told = groupVerdicts(
  [
    verdict({ alerts: 40 }),
    verdict({ code: '8015', alerts: 20 }),
    // Nobody can switch it off, but a firmware ends it.
    verdict({
      ...{ suppression: 'unstoppable', reason: 'not-a-dcc-user', lever: 'firmware' },
      ...{ party: 'sup-01', responsible: 'idno-03', alerts: 10 },
    }),
    verdict({
      ...{ suppression: 'unstoppable', reason: 'not-a-dcc-user', stoppable: false, lever: 'firmware' },
      ...{ party: '', responsible: 'idno-03', alerts: 30 },
    }),
    verdict({
      code: '81B8',
      suppression: 'protected',
      reason: 'safety',
      stoppable: false,
      lever: 'firmware',
      alerts: 1,
    }),
  ],
  {
    codes: new Map([['81B8', { meaning: 'Live and neutral exchanged', safety: true }]]),
    parties: new Map([
      ['dno-01', { name: 'Network 1', role: 'dno' }],
      ['idno-03', { name: 'Independent 3', role: 'idno' }],
    ]),
    days: 10,
  },
);

it('what can be stopped and what nobody can switch off may be the same alerts', () => {
  expect(told.all).toEqual({
    ...{ alerts: 101, aDay: 10.1 },
    stoppable: { alerts: 70, aDay: 7, share: 70 / 101 },
    unstoppable: { alerts: 40, aDay: 4, share: 40 / 101 },
  });
  expect(told.codes.map(({ code, alerts, safety }) => [code, alerts, safety])).toEqual([
    ['8014', 80, false],
    ['8015', 20, false],
    ['81B8', 1, true],
  ]);
});

it('who can act is told by lever, role and party, the most first', () => {
  expect(told.levers).toEqual([
    { lever: 'service-request', role: 'dno', alerts: 60, aDay: 6 },
    { lever: 'firmware', role: '', alerts: 10, aDay: 1 },
  ]);
  expect(told.parties[0]).toEqual({
    ...{ party: 'dno-01', name: 'Network 1', role: 'dno', lever: 'service-request' },
    ...{ codes: ['8014', '8015'], alerts: 60, aDay: 6 },
  });
  expect(told.parties[1]).toMatchObject({ party: 'sup-01', name: 'sup-01', role: '', lever: 'firmware' });
});

it('what nobody can stop has its reason, and whose it is', () => {
  expect(told.reasons.map(({ suppression, reason, alerts }) => [suppression, reason, alerts])).toEqual([
    ['unstoppable', 'not-a-dcc-user', 30],
    ['protected', 'safety', 1],
  ]);
  expect(told.responsible).toEqual([
    {
      ...{ party: 'idno-03', name: 'Independent 3', role: 'idno', reason: 'not-a-dcc-user' },
      ...{ alerts: 40, aDay: 4, share: 1 },
    },
  ]);
});
