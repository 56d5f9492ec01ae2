import { CATALOGUE } from '@tocsin/domain';
import type { Document } from '@tocsin/runtime';
import type { z } from 'zod';
import type { CODES, COMPONENTS, LEVERS, MIGRATIONS, PARTIES, ROLLOUTS } from './schemas.ts';

interface Documents {
  readonly parties: Document<z.output<typeof PARTIES>>;
  readonly levers: Document<z.output<typeof LEVERS>>;
  readonly rollouts: Document<z.output<typeof ROLLOUTS>>;
  readonly components: Document<z.output<typeof COMPONENTS>>;
  readonly codes: Document<z.output<typeof CODES>>;
  readonly migrations: Document<z.output<typeof MIGRATIONS>>;
}

type Role = Documents['parties']['value']['parties'][number]['roles'][number];

/** What the files say that can't be true together: one line for each contradiction. */
export function crossCheck({
  parties,
  levers,
  rollouts,
  components,
  codes,
  migrations,
}: Documents): string[] {
  return [
    ...repeated(parties, 'parties', parties.value.parties, 'id'),
    ...repeated(levers, 'levers', levers.value.levers, 'id'),
    ...repeated(rollouts, 'rollouts', rollouts.value.rollouts, 'id'),
    ...repeated(components, 'components', components.value.components, 'id'),
    ...repeated(codes, 'codes', codes.value.codes, 'code'),
    ...repeated(migrations, 'migrations', migrations.value.migrations, 'id'),
    ...claimedTwice(parties),
    ...unknownCodes(levers, codes),
    ...unknownLevers(rollouts, levers),
  ];
}

function repeated<K extends string>(
  { where }: Document<unknown>,
  list: string,
  items: readonly Record<K, string>[],
  key: K,
): string[] {
  const met = new Set<string>();
  return items.flatMap((item, i) => {
    const value = item[key];
    if (met.has(value)) return [`${where([list, i, key])} is "${value}": expected one that is not there yet`];
    met.add(value);
    return [];
  });
}

interface Claim {
  readonly value: string;
  /** The same for claims that can't stand at the same time. */
  readonly key: string;
  readonly path: readonly PropertyKey[];
}

/** What a party has alone at any instant, or an alert would be for two: each EUI-64, as a CSP a region, as DCC the role. */
function claimsOf(id: string, { role, regions, eui64s }: Role): Claim[] {
  const own = role === 'dcc' ? role : `${id} ${role}`;
  return [
    { value: role, key: own, path: ['role'] },
    ...eui64s.map((value, e) => ({ value, key: value, path: ['eui64s', e] })),
    ...(role === 'csp' ? regions : []).map((value, r) => ({ value, key: value, path: ['regions', r] })),
  ];
}

function claimedTwice({ value, where }: Documents['parties']): string[] {
  const owners = new Map<string, { id: string; from: number; to: number }[]>();
  return value.parties.flatMap(({ id, roles }, p) =>
    roles.flatMap((role, r) =>
      claimsOf(id, role).flatMap((claim) => {
        const { valid } = role;
        const others = owners.get(claim.key) ?? [];
        const other = others.find(({ from, to }) => from < valid.to && valid.from < to);
        owners.set(claim.key, [...others, { id, ...valid }]);
        const at = where(['parties', p, 'roles', r, ...claim.path]);
        return other
          ? [`${at} is "${claim.value}": expected one that ${other.id} does not have at the same time`]
          : [];
      }),
    ),
  );
}

/** Codes outside the catalogue do arrive: one that firmware ends is told of in codes.yaml, or it is misspelt. */
function unknownCodes({ value, where }: Documents['levers'], codes: Documents['codes']): string[] {
  const told = new Set(codes.value.codes.map(({ code }) => code));
  return value.levers.flatMap((lever, i) =>
    lever.kind !== 'firmware'
      ? []
      : lever.codes.flatMap((code, c) =>
          CATALOGUE.has(code) || told.has(code)
            ? []
            : [
                `${where(['levers', i, 'codes', c])} is "${code}": expected a code of the catalogue or of codes.yaml`,
              ],
        ),
  );
}

function unknownLevers({ value, where }: Documents['rollouts'], levers: Documents['levers']): string[] {
  const known = new Set(levers.value.levers.filter(({ kind }) => kind === 'firmware').map(({ id }) => id));
  return value.rollouts.flatMap(({ lever }, i) =>
    known.has(lever)
      ? []
      : [`${where(['rollouts', i, 'lever'])} is "${lever}": expected a firmware of levers.yaml`],
  );
}
