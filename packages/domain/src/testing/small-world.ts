import type { CodeFacts } from '../classify/code-facts.ts';
import type { FirmwareLever, Lever, ServiceRequestLever } from '../classify/lever.ts';
import type { Party, PartyRole, Role } from '../classify/party.ts';
import type { RuleFacts } from '../classify/rules.ts';
import { ALWAYS, type Span } from '../classify/span.ts';
import type { DeviceAttributes } from '../device.ts';
import { UNKNOWN_DEVICE } from '../device.ts';
import { type Eui64, parseEui64 } from '../eui64.ts';

/** A network of few parties, for tests of the rules. */

export const DAY = 86_400_000;
export const NOW = Date.UTC(2020, 6, 1);

export const NO_TARGET: Eui64 = { hi: 0, lo: 0 };

/** The EUI-64 of the n-th party: 16 digits, as parties have them. */
export const euiOf = (n: number): string => `90B3D51F3000${n.toString(16).toUpperCase().padStart(4, '0')}`;
export const targetOf = (n: number): Eui64 => parseEui64(euiOf(n)) as Eui64;

export function partyIn(role: Role, id: string, n: number, changes: Partial<PartyRole> = {}): Party {
  const base: PartyRole = {
    role,
    kind: '',
    regions: [],
    eui64s: [euiOf(n)],
    valid: ALWAYS,
    dccUser: [ALWAYS],
  };
  return { id, name: id, roles: [{ ...base, ...changes }] };
}

const NEVER: readonly Span[] = [];

const PARTIES: readonly Party[] = [
  partyIn('import-supplier', 'sup-1', 1),
  partyIn('gas-supplier', 'gas-1', 2),
  partyIn('gas-supplier', 'gas-2', 3, { dccUser: NEVER }),
  partyIn('electricity-distributor', 'dno-1', 4, { kind: 'dno' }),
  partyIn('electricity-distributor', 'idno-1', 5, { kind: 'idno', dccUser: NEVER }),
  partyIn('electricity-distributor', 'idno-2', 6, {
    kind: 'idno',
    dccUser: [{ from: NOW - DAY, to: NOW + DAY }],
  }),
  partyIn('gas-transporter', 'gt-1', 7),
  partyIn('csp', 'csp-1', 8, { regions: ['Central', 'South'], dccUser: NEVER }),
  partyIn('dcc', 'dcc', 9, { dccUser: NEVER }),
];

const fact = (
  remoteParties: string[],
  criticality: CodeFacts['criticality'] = 'non-critical',
  alwaysOn: CodeFacts['alwaysOn'] = 'N',
  safety = false,
): CodeFacts => ({ remoteParties, criticality, alwaysOn, safety });

export const CODES: ReadonlyMap<string, CodeFacts> = new Map([
  ['8014', fact(['Network Operator'])],
  ['810E', fact(['Supplier'])],
  ['8F3E', fact(['WAN Provider', 'Access Control Broker', 'Supplier'], 'critical', 'Y')],
  ['8F1E', fact(['Access Control Broker'], 'critical', 'Y')],
  ['8168', fact([], 'non-critical', 'Y')],
  ['8F43', fact([], 'n/a', 'n/a')],
  ['8999', fact([])],
  ['81B8', fact(['Supplier'], 'non-critical', 'N', true)],
]);

const SERVICE_REQUEST: ServiceRequestLever = {
  kind: 'service-request',
  id: 'sr-6.22',
  deviceKinds: ['ESME', 'GSME'],
  roles: ['import-supplier', 'gas-supplier', 'electricity-distributor'],
  states: [
    { from: NOW - 100 * DAY, state: 'available', reason: '' },
    { from: NOW + 50 * DAY, state: 'unavailable', reason: 'maintenance' },
    { from: NOW + 60 * DAY, state: 'available', reason: '' },
  ],
};

export const FIRMWARE: FirmwareLever = {
  kind: 'firmware',
  id: 'km-pf',
  codes: ['8014'],
  manufacturer: 'Kestrel',
  model: 'KM-200',
  version: '3.10.0',
  regions: [],
  actingParty: 'supplier',
  states: [
    { from: NOW - 30 * DAY, state: 'pilot', reason: '' },
    { from: NOW - 20 * DAY, state: 'on-hold', reason: 'deafness' },
    { from: NOW - 10 * DAY, state: 'released', reason: '' },
    { from: NOW + 30 * DAY, state: 'withdrawn', reason: 'recall' },
  ],
};

const HUB_FIRMWARE: FirmwareLever = {
  ...FIRMWARE,
  id: 'hub-access',
  codes: ['8F3E'],
  manufacturer: 'WNC',
  model: 'CS-1',
  version: '1.11.2',
  regions: ['Central', 'South'],
  actingParty: 'csp',
};

const LEVERS: readonly Lever[] = [SERVICE_REQUEST, FIRMWARE, HUB_FIRMWARE];

export const WORLD: RuleFacts = { codes: CODES, parties: PARTIES, levers: LEVERS };

const device = (changes: Partial<DeviceAttributes>): DeviceAttributes => ({ ...UNKNOWN_DEVICE, ...changes });

/** An electricity meter whose parties are all in order, with a firmware that the lever for KM-200 replaces. */
export const ESME = device({
  kind: 'ESME',
  manufacturer: 'Kestrel',
  model: 'KM-200',
  firmware: '3.9.1',
  region: 'Central',
  supplier: 'sup-1',
  networkOperator: 'dno-1',
  hanState: 'stable',
});
export const GSME = device({
  ...ESME,
  kind: 'GSME',
  model: 'KG-10',
  supplier: '',
  gasSupplier: 'gas-1',
  networkOperator: 'gt-1',
});
export const HUB = device({
  ...ESME,
  kind: 'CHF',
  manufacturer: 'WNC',
  model: 'CS-1',
  firmware: '1.10.4',
  networkOperator: '',
});
