import type { Region } from '../device.ts';
import { type Eui64, plainEui64 } from '../eui64.ts';
import type { Party, PartyRole, Role } from './party.ts';
import { within } from './span.ts';

interface Holder {
  readonly id: string;
  readonly in: PartyRole;
}

/** Who is who at an instant. Ids are empty where there is no such party. */
export interface PartyIndex {
  /** Whose an EUI-64 is, and in which role. */
  find(eui64: Eui64, at: number): { party: string; role: Role } | undefined;
  /** The WAN provider of a region. */
  csp(region: Region | '', at: number): string;
  dcc(at: number): string;
  isUser(party: string, role: Role, at: number): boolean;
}

export function indexParties(parties: readonly Party[]): PartyIndex {
  const holders: Holder[] = parties.flatMap(({ id, roles }) => roles.map((role) => ({ id, in: role })));
  const byEui64 = groupBy(holders, (holder) => holder.in.eui64s);
  const byRole = groupBy(holders, (holder) => [holder.in.role]);
  const byParty = groupBy(holders, ({ id }) => [id]);
  const holderAt = (those: readonly Holder[] | undefined, at: number) =>
    those?.find((holder) => within(holder.in.valid, at));

  return {
    find(eui64, at) {
      const holder = holderAt(byEui64.get(plainEui64(eui64)), at);
      return holder && { party: holder.id, role: holder.in.role };
    },
    csp(region, at) {
      if (region === '') return '';
      const here = byRole.get('csp')?.filter((holder) => holder.in.regions.includes(region));
      return holderAt(here, at)?.id ?? '';
    },
    dcc: (at) => holderAt(byRole.get('dcc'), at)?.id ?? '',
    isUser: (party, role, at) =>
      byParty
        .get(party)
        ?.some(
          (holder) =>
            holder.in.role === role &&
            within(holder.in.valid, at) &&
            holder.in.dccUser.some((span) => within(span, at)),
        ) ?? false,
  };
}

function groupBy(holders: readonly Holder[], keysOf: (holder: Holder) => readonly string[]) {
  const groups = new Map<string, Holder[]>();
  for (const holder of holders) {
    for (const key of keysOf(holder)) groups.set(key, [...(groups.get(key) ?? []), holder]);
  }
  return groups;
}
