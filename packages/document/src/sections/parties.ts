import type { Gathered } from '../gather.ts';
import { name, type Prose, say } from '../prose.ts';

/** A party's name where the registry tells one. @param id empty: there is none */
export function nameOfParty({ parties }: Pick<Gathered, 'parties'>, id: string): Prose {
  const known = parties.told.parties.find((one) => one.id === id);
  return say`${name(known?.name || id || 'no party')}`;
}

const ROLES: Readonly<Record<string, string>> = {
  csp: 'communications service providers',
  dcc: 'the DCC',
  dno: 'distribution networks',
  idno: 'independent distribution networks',
  'electricity-distributor': 'distribution networks',
  'gas-transporter': 'gas transporters',
  'import-supplier': 'suppliers',
  'gas-supplier': 'gas suppliers',
};

/** Parties of a role, as people call them. */
export const nameOfRole = (role: string): Prose =>
  say`${name(ROLES[role] ?? (role || 'nobody that is known'))}`;
