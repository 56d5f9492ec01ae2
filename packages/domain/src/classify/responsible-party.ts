import type { DeviceAttributes, DeviceKind } from '../device.ts';
import type { Eui64 } from '../eui64.ts';
import type { CodeFacts } from './code-facts.ts';
import type { Role } from './party.ts';
import type { PartyIndex } from './party-index.ts';

export interface Responsible {
  /** Empty where there is none. */
  readonly party: string;
  readonly role: Role | '';
  /** Why nobody, or the wrong one, is asked. */
  readonly fault: '' | 'no-party' | 'credential-mismatch';
}

/**
 * Whom an alert is for. An alert that names its target is for the party with that EUI-64, but where the device is
 * recorded as another's, the device holds the wrong party's credentials. One without a target is for the party that
 * is recorded in the role that the code names, as far as the device holds that party's credentials.
 */
export function findResponsible(
  parties: PartyIndex,
  facts: CodeFacts | undefined,
  device: DeviceAttributes,
  target: Eui64,
  at: number,
): Responsible {
  const named = roleOf(facts?.remoteParties[0], device.kind);
  const recorded = named && recordedParty(parties, device, named, at);
  if (target.hi === 0 && target.lo === 0) {
    return byRecord(recorded, named, device.credentials);
  }
  const addressed = parties.find(target, at);
  if (!addressed) {
    return { party: '', role: '', fault: recorded === '' ? 'no-party' : 'credential-mismatch' };
  }
  const { party, role } = addressed;
  // Network and DCC hold no credentials that the inventory records.
  const agrees = role === 'csp' || role === 'dcc' || recordedParty(parties, device, role, at) === party;
  return { party, role, fault: agrees ? '' : 'credential-mismatch' };
}

/** Nothing in the alert tells whose credentials the device holds: of the network operator's the inventory does. */
function byRecord(party: string, role: Role | '', credentials: DeviceAttributes['credentials']): Responsible {
  const held = role === 'electricity-distributor' || role === 'gas-transporter' ? credentials : '';
  if (party === '' || held === 'missing') return { party: '', role, fault: 'no-party' };
  return { party, role, fault: held === 'wrong' ? 'credential-mismatch' : '' };
}

/** The role that a remote party of the catalogue stands for on a device of a kind. */
function roleOf(remoteParty: string | undefined, kind: DeviceKind | ''): Role | '' {
  switch (remoteParty) {
    case 'Supplier':
      return isGas(kind) ? 'gas-supplier' : 'import-supplier';
    case 'Network Operator':
      return isGas(kind) ? 'gas-transporter' : 'electricity-distributor';
    case 'WAN Provider':
      return 'csp';
    case 'Access Control Broker':
      return 'dcc';
    default:
      return '';
  }
}

function recordedParty(parties: PartyIndex, device: DeviceAttributes, role: Role, at: number): string {
  const gas = isGas(device.kind);
  switch (role) {
    case 'import-supplier':
      return gas ? '' : device.supplier;
    case 'gas-supplier':
      return gas ? device.gasSupplier : '';
    case 'electricity-distributor':
      return gas ? '' : device.networkOperator;
    case 'gas-transporter':
      return gas ? device.networkOperator : '';
    case 'csp':
      return parties.csp(device.region, at);
    case 'dcc':
      return parties.dcc(at);
  }
}

function isGas(kind: DeviceKind | ''): boolean {
  return kind === 'GSME' || kind === 'GPF';
}
