import { describe, expect, it } from 'vitest';
import type { DeviceAttributes } from '../device.ts';
import {
  DAY,
  ESME,
  FIRMWARE,
  GSME,
  HUB,
  NO_TARGET,
  NOW,
  partyIn,
  targetOf,
  WORLD,
} from '../testing/small-world.ts';
import { REMEDIES } from './remedy.ts';
import { createRules, type Judgement, type RuleFacts } from './rules.ts';
import { SUPPRESSION_REASONS, SUPPRESSIONS } from './suppression.ts';

interface Case {
  code: string;
  device: DeviceAttributes | null;
  target?: number;
  at?: number;
  facts?: RuleFacts;
}

function judge({ code, device, target, at = NOW, facts = WORLD }: Case): Judgement {
  return createRules(facts).judge(code, device, target === undefined ? NO_TARGET : targetOf(target), at);
}

const STRANGER = 999;
const nobody = { ...ESME, networkOperator: '' };

/** A supplier who is a DCC User for electricity only, and a distributor who is one no longer since now. */
const WIDER: RuleFacts = {
  ...WORLD,
  parties: [
    ...WORLD.parties,
    {
      id: 'both-1',
      name: '',
      roles: [
        ...partyIn('gas-supplier', 'both-1', 22, { dccUser: [{ from: 0, to: NOW }] }).roles,
        ...partyIn('import-supplier', 'both-1', 21).roles,
      ],
    },
    partyIn('electricity-distributor', 'left-1', 23, { valid: { from: 0, to: NOW } }),
  ],
};

const SUPPRESSION_CASES: [string, Case, string][] = [
  [
    'a device of which nothing is known',
    { code: '8014', device: null, target: 4 },
    'unknown unknown-device dno-1',
  ],
  [
    'one whose kind is not known',
    { code: '8014', device: { ...ESME, kind: '' } },
    'unknown unknown-device dno-1',
  ],
  ['device and code not known', { code: '8FFE', device: null }, 'unknown unknown-device '],
  ['a code outside the catalogue', { code: '8FFE', device: ESME, target: 1 }, 'unknown unknown-code sup-1'],
  ['safety', { code: '81B8', device: ESME, target: 1 }, 'protected safety sup-1'],
  ['safety before everything known', { code: '81B8', device: HUB, target: STRANGER }, 'protected safety '],
  ['a critical code', { code: '8F3E', device: HUB, target: 8 }, 'always-on code csp-1'],
  ['a critical code, by its first remote party', { code: '8F3E', device: HUB }, 'always-on code csp-1'],
  ['a critical code of the broker', { code: '8F1E', device: ESME }, 'always-on code dcc'],
  ['always on though not critical', { code: '8168', device: ESME }, 'always-on code '],
  ['only logged', { code: '8F43', device: ESME }, 'always-on code '],
  ['a hub', { code: '810E', device: HUB, target: 1 }, 'always-on device-kind sup-1'],
  ['a hub without a party', { code: '8014', device: HUB }, 'always-on device-kind '],
  ['no target, none recorded', { code: '8014', device: nobody }, 'unstoppable no-party '],
  ['a stranger, none recorded', { code: '8014', device: nobody, target: STRANGER }, 'unstoppable no-party '],
  ['a code that names nobody', { code: '8999', device: ESME }, 'unstoppable no-party '],
  [
    "a stranger, another's recorded",
    { code: '8014', device: ESME, target: STRANGER },
    'unstoppable credential-mismatch ',
  ],
  [
    'another distributor than recorded',
    { code: '8014', device: ESME, target: 5 },
    'unstoppable credential-mismatch idno-1',
  ],
  [
    'a distributor, none recorded',
    { code: '8014', device: nobody, target: 5 },
    'unstoppable credential-mismatch idno-1',
  ],
  [
    'a gas supplier for electricity',
    { code: '810E', device: ESME, target: 2 },
    'unstoppable credential-mismatch gas-1',
  ],
  [
    'the recorded distributor, whose credentials the device lacks',
    { code: '8014', device: { ...ESME, credentials: 'missing' } },
    'unstoppable no-party ',
  ],
  [
    "the recorded distributor, the device having another's credentials",
    { code: '8014', device: { ...ESME, credentials: 'wrong' } },
    'unstoppable credential-mismatch dno-1',
  ],
  [
    'a distributor that is addressed: the device has his credentials, whatever is recorded of them',
    { code: '8014', device: { ...ESME, credentials: 'wrong' }, target: 4 },
    'suppressible service-request dno-1',
  ],
  [
    "a supplier by record: that the network operator's credentials are missing is nothing to him",
    { code: '810E', device: { ...ESME, credentials: 'missing' } },
    'suppressible service-request sup-1',
  ],
  [
    'a DCC User as import supplier, as gas supplier none',
    { code: '810E', device: { ...GSME, gasSupplier: 'both-1' }, facts: WIDER },
    'unstoppable not-a-dcc-user both-1',
  ],
  [
    'a DCC User as import supplier, addressed as gas supplier',
    { code: '810E', device: { ...GSME, gasSupplier: 'both-1' }, target: 22, facts: WIDER },
    'unstoppable not-a-dcc-user both-1',
  ],
  [
    'a DCC User as gas supplier no longer, as import supplier still',
    { code: '810E', device: { ...ESME, supplier: 'both-1' }, facts: WIDER },
    'suppressible service-request both-1',
  ],
  [
    'a role that has ended, the flag left as it was',
    { code: '8014', device: { ...ESME, networkOperator: 'left-1' }, facts: WIDER },
    'unstoppable not-a-dcc-user left-1',
  ],
  [
    'a role up to its end',
    { code: '8014', device: { ...ESME, networkOperator: 'left-1' }, facts: WIDER, at: NOW - 1 },
    'suppressible service-request left-1',
  ],
  [
    'no DCC User',
    { code: '8014', device: { ...ESME, networkOperator: 'idno-1' }, target: 5 },
    'unstoppable not-a-dcc-user idno-1',
  ],
  [
    'no DCC User, by record',
    { code: '810E', device: { ...GSME, gasSupplier: 'gas-2' } },
    'unstoppable not-a-dcc-user gas-2',
  ],
  [
    'recorded, yet in no registry',
    { code: '8014', device: { ...ESME, networkOperator: 'dno-9' } },
    'unstoppable not-a-dcc-user dno-9',
  ],
  [
    'no DCC User yet',
    { code: '8014', device: { ...ESME, networkOperator: 'idno-2' }, target: 6, at: NOW - DAY - 1 },
    'unstoppable not-a-dcc-user idno-2',
  ],
  [
    'no DCC User any more',
    { code: '8014', device: { ...ESME, networkOperator: 'idno-2' }, target: 6, at: NOW + DAY },
    'unstoppable not-a-dcc-user idno-2',
  ],
  ['a gas transporter', { code: '8014', device: GSME, target: 7 }, 'unstoppable role-not-eligible gt-1'],
  ['a gas transporter by record', { code: '8014', device: GSME }, 'unstoppable role-not-eligible gt-1'],
  ['the CSP of a meter', { code: '8014', device: ESME, target: 8 }, 'unstoppable not-a-dcc-user csp-1'],
  [
    'service requests out of order',
    { code: '8014', device: ESME, target: 4, at: NOW + 55 * DAY },
    'unstoppable service-request-unavailable dno-1',
  ],
  [
    'before there were service requests',
    { code: '8014', device: ESME, target: 4, at: NOW - 101 * DAY },
    'unstoppable service-request-unavailable dno-1',
  ],
  [
    'a distributor that is a DCC User',
    { code: '8014', device: ESME, target: 4 },
    'suppressible service-request dno-1',
  ],
  [
    'from the day on that he is one',
    { code: '8014', device: { ...ESME, networkOperator: 'idno-2' }, target: 6, at: NOW - DAY },
    'suppressible service-request idno-2',
  ],
  ['a supplier', { code: '810E', device: ESME, target: 1 }, 'suppressible service-request sup-1'],
  ['a supplier by record', { code: '810E', device: ESME }, 'suppressible service-request sup-1'],
  ['a gas supplier', { code: '810E', device: GSME, target: 2 }, 'suppressible service-request gas-1'],
  [
    'switched off already',
    { code: '8014', device: { ...ESME, suppressed: ['8014', '8015'] }, target: 4 },
    'suppressible already-suppressed dno-1',
  ],
];

const old = { ...FIRMWARE, id: 'old', version: '3.9.2' };
const withLevers = (...levers: RuleFacts['levers']): RuleFacts => ({ ...WORLD, levers });

const REMEDY_CASES: [string, Case, string][] = [
  ['nothing for a code without a lever', { code: '810E', device: ESME }, 'none  '],
  ['nothing for an unknown device', { code: '8014', device: null }, 'none  '],
  ['nothing before the pilot', { code: '8014', device: ESME, at: NOW - 31 * DAY }, 'none  '],
  ['the pilot', { code: '8014', device: ESME, at: NOW - 30 * DAY }, 'pilot  sup-1'],
  ['on hold, with its reason', { code: '8014', device: ESME, at: NOW - 20 * DAY }, 'on-hold deafness sup-1'],
  ['released', { code: '8014', device: ESME }, 'released  sup-1'],
  ['withdrawn', { code: '8014', device: ESME, at: NOW + 30 * DAY }, 'none  '],
  [
    'released, the HAN unstable',
    { code: '8014', device: { ...ESME, hanState: 'unstable' } },
    'han-unstable  sup-1',
  ],
  [
    'piloted, the HAN unstable',
    { code: '8014', device: { ...ESME, hanState: 'unstable' }, at: NOW - 30 * DAY },
    'pilot  sup-1',
  ],
  ['released, the HAN unknown', { code: '8014', device: { ...ESME, hanState: '' } }, 'released  sup-1'],
  ['the version itself', { code: '8014', device: { ...ESME, firmware: '3.10' } }, 'none  '],
  ['a newer one', { code: '8014', device: { ...ESME, firmware: '3.10.0.1' } }, 'none  '],
  ['a version that is not known', { code: '8014', device: { ...ESME, firmware: '' } }, 'none  '],
  ['another model', { code: '8014', device: { ...ESME, model: 'KM-100' } }, 'none  '],
  ['another manufacturer', { code: '8014', device: { ...ESME, manufacturer: 'Harrow' } }, 'none  '],
  ['a hub, by its CSP', { code: '8F3E', device: HUB }, 'released  csp-1'],
  ['a hub of another region', { code: '8F3E', device: { ...HUB, region: 'North' } }, 'none  '],
  [
    'a gas meter, by its gas supplier',
    { code: '8014', device: { ...GSME, model: 'KM-200' } },
    'released  gas-1',
  ],
  [
    'even for a code that is not known',
    { code: '8FFE', device: ESME, facts: withLevers({ ...FIRMWARE, codes: ['8FFE'] }) },
    'released  sup-1',
  ],
  [
    'the best of several',
    {
      code: '8014',
      device: ESME,
      at: NOW - 15 * DAY,
      facts: withLevers(FIRMWARE, { ...old, states: FIRMWARE.states.slice(0, 1) }),
    },
    'pilot  sup-1',
  ],
];

const suppressionOf = ({ suppression, reason, responsibleParty }: Judgement) =>
  `${suppression} ${reason} ${responsibleParty}`;
const remedyOf = ({ remedy, remedyReason, actingParty }: Judgement) =>
  `${remedy} ${remedyReason} ${actingParty}`;

describe('suppression', () => {
  it.each(SUPPRESSION_CASES)('%s', (_name, input, expected) => {
    expect(suppressionOf(judge(input))).toBe(expected);
  });

  it('has a case for every value and reason', () => {
    const words = SUPPRESSION_CASES.map(([, , expected]) => expected.split(' '));
    expect(new Set(words.map(([value]) => value))).toEqual(new Set(SUPPRESSIONS));
    expect(new Set(words.map(([, reason]) => reason))).toEqual(new Set(SUPPRESSION_REASONS));
  });
});

describe('remedy', () => {
  it.each(REMEDY_CASES)('%s', (_name, input, expected) => {
    expect(remedyOf(judge(input))).toBe(expected);
  });

  it('has a case for every value', () => {
    expect(new Set(REMEDY_CASES.map(([, , expected]) => expected.split(' ')[0]))).toEqual(new Set(REMEDIES));
  });
});

describe('an EUI-64 that passes to another party', () => {
  const before = partyIn('electricity-distributor', 'old-1', 20, { valid: { from: 0, to: NOW } });
  const after = partyIn('electricity-distributor', 'new-1', 20, { valid: { from: NOW, to: NOW + DAY } });
  const facts = { ...WORLD, parties: [after, before] };
  const partyAt = (at: number) =>
    judge({ code: '8014', device: ESME, target: 20, at, facts }).responsibleParty;

  it('is whose it is at the time', () => {
    expect([NOW - 1, NOW, NOW + DAY - 1, NOW + DAY].map(partyAt)).toEqual(['old-1', 'new-1', 'new-1', '']);
  });
});
