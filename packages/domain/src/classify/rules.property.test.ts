import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CREDENTIALS,
  DEVICE_KINDS,
  type DeviceAttributes,
  HAN_STATES,
  REGIONS,
  UNKNOWN_DEVICE,
} from '../device.ts';
import { type Eui64, plainEui64 } from '../eui64.ts';
import { CODES, DAY, ESME, euiOf, NO_TARGET, NOW, targetOf, WORLD } from '../testing/small-world.ts';
import {
  FIRMWARE_STATES,
  type FirmwareLever,
  type LeverState,
  SERVICE_REQUEST_STATES,
  type ServiceRequestLever,
} from './lever.ts';
import { type Party, ROLES, type Role } from './party.ts';
import { REMEDIES } from './remedy.ts';
import { createRules, type RuleFacts } from './rules.ts';
import { within } from './span.ts';
import { SUPPRESSION_REASONS, SUPPRESSIONS } from './suppression.ts';

const PARTY_IDS = WORLD.parties.map(({ id }) => id);
/** In order, so that the place tells which is newer. */
const VERSIONS = ['3.9.1', '3.9.2', '3.10.0', '10.0'];

const instants = fc.integer({ min: -40, max: 40 }).map((days) => NOW + days * DAY);
const spans = fc
  .tuple(fc.constantFrom(Number.NEGATIVE_INFINITY, NOW - 9 * DAY, NOW), fc.integer({ min: 0, max: 20 }))
  .map(([from, days]) => ({ from, to: days === 20 ? Number.POSITIVE_INFINITY : NOW + days * DAY }));
const ids = fc.constantFrom('', ...PARTY_IDS);
const codes = fc.constantFrom('8FFE', ...CODES.keys());
const targets = fc.oneof(
  fc.constant(NO_TARGET),
  fc.integer({ min: 1, max: 2 * PARTY_IDS.length + 2 }).map(targetOf),
);

const devices: fc.Arbitrary<DeviceAttributes> = fc.record({
  kind: fc.constantFrom('', 'ESME', 'GSME', ...DEVICE_KINDS),
  manufacturer: fc.constantFrom('Kestrel', 'WNC'),
  model: fc.constantFrom('KM-200', 'CS-1'),
  firmware: fc.constantFrom('', 'K7', ...VERSIONS),
  region: fc.constantFrom('', ...REGIONS),
  supplier: ids,
  gasSupplier: ids,
  networkOperator: ids,
  hanState: fc.constantFrom('', ...HAN_STATES),
  suppressed: fc.constantFrom([], ['8014'], ['8014', '81B8']),
  smets: fc.constant('SMETS2'),
  cohort: fc.constant(''),
  hubRelease: fc.constant(''),
  credentials: fc.constantFrom('', ...CREDENTIALS),
});

function histories<State extends string>(states: readonly State[]): fc.Arbitrary<LeverState<State>[]> {
  return fc
    .uniqueArray(
      fc.record({
        from: instants,
        state: fc.constantFrom(...states),
        reason: fc.constantFrom('', 'deafness'),
      }),
      { maxLength: 4, selector: ({ from }) => from },
    )
    .map((changes) => changes.sort((a, b) => a.from - b.from));
}

const requests: fc.Arbitrary<ServiceRequestLever> = fc.record({
  kind: fc.constant('service-request'),
  id: fc.constant('sr'),
  deviceKinds: fc.subarray(['ESME', 'GSME', 'CHF'], { minLength: 1 }),
  roles: fc.subarray([...ROLES], { minLength: 1 }),
  states: histories(SERVICE_REQUEST_STATES),
});
const firmware: fc.Arbitrary<FirmwareLever> = fc.record({
  kind: fc.constant('firmware'),
  id: fc.constant('fw'),
  codes: fc.subarray(['8FFE', ...CODES.keys()], { minLength: 1 }),
  manufacturer: fc.constantFrom('Kestrel', 'WNC'),
  model: fc.constantFrom('KM-200', 'CS-1'),
  version: fc.constantFrom(...VERSIONS),
  regions: fc.subarray([...REGIONS]),
  actingParty: fc.constantFrom('supplier', 'csp'),
  states: histories(FIRMWARE_STATES),
});
const levers = fc.array(fc.oneof(requests, firmware), { maxLength: 4 });

/** One or two roles of a party, each with an EUI-64, a validity and a flag of its own; one is often the world's. */
const partyLike = ({ id, roles: [usual] }: Party, i: number): fc.Arbitrary<Party> => {
  const held = fc.record({
    role: fc.constantFrom(usual!.role, usual!.role, ...ROLES),
    valid: spans,
    dccUser: fc.array(spans, { maxLength: 1 }),
  });
  return fc.array(held, { minLength: 1, maxLength: 2 }).map((roles) => ({
    id,
    name: '',
    roles: roles.map((role, r) => ({
      ...role,
      kind: '' as const,
      regions: [...REGIONS],
      eui64s: [euiOf(2 * i + r + 1)],
    })),
  }));
};
const parties: fc.Arbitrary<Party[]> = fc.tuple(...WORLD.parties.map(partyLike));
const worlds: fc.Arbitrary<RuleFacts> = fc
  .oneof(
    fc.record({ parties, levers }),
    fc.record({ parties: fc.constant(WORLD.parties), levers }),
    fc.constant(WORLD),
  )
  .map((facts) => ({ ...facts, codes: CODES }));

interface Alert {
  code: string;
  device: DeviceAttributes | null;
  target: Eui64;
  at: number;
}
/** Anything, and often a meter with a distributor that the small world knows, or the verdicts would be few. */
const alerts: fc.Arbitrary<Alert> = fc.oneof(
  fc.record({ code: codes, device: fc.option(devices, { freq: 20 }), target: targets, at: instants }),
  fc.record({
    code: fc.constantFrom('8014', '810E'),
    device: fc.constantFrom(ESME, { ...ESME, networkOperator: 'idno-2' }),
    target: fc.constantFrom(NO_TARGET, targetOf(6)),
    at: instants,
  }),
);
const judge = (facts: RuleFacts, { code, device, target, at }: Alert) =>
  createRules(facts).judge(code, device, target, at);

/** The role in which someone is asked: that of the EUI-64 that is addressed, else the one that the code names. */
function roleAsked({ parties: those }: RuleFacts, { code, device, target, at }: Alert): Role | undefined {
  const addressed = those
    .flatMap(({ roles }) => roles)
    .find(({ eui64s, valid }) => eui64s.includes(plainEui64(target)) && within(valid, at));
  const gas = device?.kind === 'GSME' || device?.kind === 'GPF';
  const named = new Map<string, Role>([
    ['8014', gas ? 'gas-transporter' : 'electricity-distributor'],
    ['810E', gas ? 'gas-supplier' : 'import-supplier'],
  ]);
  return target === NO_TARGET ? named.get(code) : addressed?.role;
}

const check = <T extends [unknown, ...unknown[]]>(property: fc.IProperty<T>, numRuns = 1500) =>
  fc.assert(property, { numRuns });
/** So many that the few worlds where a lever decides are certain to be among them: some 70 for each sort. */
const RARE = 10_000;

describe('judgements', () => {
  it('are total: each answer is one of the words', () =>
    check(
      fc.property(worlds, alerts, (facts, alert) => {
        const judgement = judge(facts, alert);
        expect(SUPPRESSIONS).toContain(judgement.suppression);
        expect(SUPPRESSION_REASONS).toContain(judgement.reason);
        expect(REMEDIES).toContain(judgement.remedy);
        expect(judgement.remedy === 'none').toBe(
          !facts.levers.some((lever) => lever.kind === 'firmware' && helpsAt(lever, alert)),
        );
      }),
    ));

  it('are the same whenever and however often asked', () =>
    check(
      fc.property(worlds, fc.array(alerts, { maxLength: 5 }), (facts, several) => {
        const rules = createRules(facts);
        const ask = ({ code, device, target, at }: Alert) => rules.judge(code, device, target, at);
        const first = several.map(ask);
        expect(several.toReversed().map(ask).reverse()).toEqual(first);
        expect(several.map((alert) => judge(structuredClone(facts), alert))).toEqual(first);
      }),
    ));

  it('protect what is known and dangerous before all else, and nothing else', () =>
    check(
      fc.property(worlds, alerts, (facts, alert) => {
        const dangerous = alert.code === '81B8' && (alert.device?.kind ?? '') !== '';
        expect(judge(facts, alert).suppression === 'protected').toBe(dangerous);
      }),
    ));

  it('never let someone suppress who is no DCC User in that role at that time', () => {
    let idle = 0;
    check(
      fc.property(worlds, alerts, (facts, alert) => {
        const { suppression, reason, responsibleParty } = judge(facts, alert);
        const asked = roleAsked(facts, alert);
        const roles = facts.parties.find(({ id }) => id === responsibleParty)?.roles ?? [];
        const user = roles.some(
          ({ role, valid, dccUser }) =>
            role === asked && within(valid, alert.at) && dccUser.some((span) => within(span, alert.at)),
        );
        if (!user) expect(suppression).not.toBe('suppressible');
        if (user) expect(reason).not.toBe('not-a-dcc-user');
        // A flag in another role, or beyond the role's end: what a careless answer would take for one that counts.
        if (
          reason === 'not-a-dcc-user' &&
          roles.some(({ dccUser }) => dccUser.some((span) => within(span, alert.at)))
        )
          idle++;
      }),
      RARE,
    );
    expect(idle).toBeGreaterThan(20);
  });

  it('never let a network operator suppress whose credentials the device does not hold', () =>
    check(
      fc.property(worlds, alerts, fc.constantFrom('wrong', 'missing'), (facts, alert, credentials) => {
        const device = { ...ESME, ...alert.device, kind: 'ESME' as const, credentials } as DeviceAttributes;
        const { suppression } = judge(facts, { ...alert, code: '8014', device, target: NO_TARGET });
        expect(suppression).not.toBe('suppressible');
      }),
    ));

  it('suppress nothing without a service request in service', () =>
    check(
      fc.property(parties, firmware, alerts, (those, lever, alert) => {
        const facts = { codes: CODES, parties: those, levers: [lever] };
        expect(judge(facts, alert).suppression).not.toBe('suppressible');
      }),
    ));

  it('stand still between two changes', () =>
    check(
      fc.property(
        worlds,
        alerts,
        fc.nat(60),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (facts, alert, n, share) => {
          const rules = createRules(facts);
          expect(rules.changes).toEqual([...new Set(rules.changes)].sort((a, b) => a - b));
          const bounds = [NOW - 200 * DAY, ...rules.changes, NOW + 200 * DAY];
          const i = n % (bounds.length - 1);
          const [from, to] = [bounds[i]!, bounds[i + 1]!];
          const at = (when: number) => rules.judge(alert.code, alert.device, alert.target, when);
          expect(at(from + Math.floor(share * (to - from)))).toEqual(at(from));
          expect(at(to - 1)).toEqual(at(from));
        },
      ),
    ));
});

describe("changing a lever's states", () => {
  it("changes, for firmware, only the remedy and who brings it, of the lever's devices and codes", () => {
    let changed = 0;
    check(
      fc.property(worlds, firmware, histories(FIRMWARE_STATES), alerts, (facts, lever, states, alert) => {
        const before = judge({ ...facts, levers: [lever, ...facts.levers] }, alert);
        const after = judge({ ...facts, levers: [{ ...lever, states }, ...facts.levers] }, alert);
        const { remedy, remedyReason, actingParty } = before;
        expect({ ...after, remedy, remedyReason, actingParty }).toEqual(before);
        if (after.remedy === remedy && after.actingParty === actingParty) return;
        changed++;
        expect(matches(lever, alert)).toBe(true);
      }),
      RARE,
    );
    expect(changed).toBeGreaterThan(5);
  });

  it('changes, for a service request, only whether it is in service for what it covers', () => {
    let changed = 0;
    check(
      fc.property(
        worlds,
        requests,
        histories(SERVICE_REQUEST_STATES),
        alerts,
        (facts, lever, states, alert) => {
          const before = judge({ ...facts, levers: [lever, ...facts.levers] }, alert);
          const after = judge({ ...facts, levers: [{ ...lever, states }, ...facts.levers] }, alert);
          const { suppression, reason } = before;
          expect({ ...after, suppression, reason }).toEqual(before);
          if (after.suppression === suppression && after.reason === reason) return;
          changed++;
          const [off, on] = suppression === 'suppressible' ? [after, before] : [before, after];
          expect(off).toMatchObject({ suppression: 'unstoppable', reason: 'service-request-unavailable' });
          expect(on.suppression).toBe('suppressible');
          expect(lever.deviceKinds).toContain(alert.device?.kind);
          expect(lever.roles).toContain(roleAsked(facts, alert));
        },
      ),
      RARE,
    );
    expect(changed).toBeGreaterThan(5);
  });
});

function matches({ codes, manufacturer, model, regions, version }: FirmwareLever, alert: Alert): boolean {
  const device = alert.device ?? UNKNOWN_DEVICE;
  const older = VERSIONS.indexOf(device.firmware);
  return (
    codes.includes(alert.code) &&
    manufacturer === device.manufacturer &&
    model === device.model &&
    (regions.length === 0 || regions.some((region) => region === device.region)) &&
    older >= 0 &&
    older < VERSIONS.indexOf(version)
  );
}

function helpsAt(lever: FirmwareLever, alert: Alert): boolean {
  const past = lever.states.filter(({ from }) => from <= alert.at);
  return matches(lever, alert) && past.length > 0 && past.at(-1)?.state !== 'withdrawn';
}
