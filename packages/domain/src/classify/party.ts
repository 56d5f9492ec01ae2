import type { Region } from '../device.ts';
import type { Span } from './span.ts';

export const ROLES = [
  'import-supplier',
  'gas-supplier',
  'electricity-distributor',
  'gas-transporter',
  'csp',
  'dcc',
] as const;
export type Role = (typeof ROLES)[number];

/** A party in one of its roles. */
export interface PartyRole {
  readonly role: Role;
  /** What sort of electricity distributor; empty for other roles. */
  readonly kind: 'dno' | 'idno' | '';
  /** Where a CSP is the WAN provider; empty for other roles. */
  readonly regions: readonly Region[];
  /** 16 upper-case hex digits each. At any instant an EUI-64 is one party's in one role. */
  readonly eui64s: readonly string[];
  /** While the party has the role and its EUI-64s. */
  readonly valid: Span;
  /** While the party is a DCC User in this role. */
  readonly dccUser: readonly Span[];
}

/** Of the registry of parties. */
export interface Party {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly PartyRole[];
}
