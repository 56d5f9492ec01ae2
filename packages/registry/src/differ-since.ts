import { CATALOGUE } from '@tocsin/domain';
import { within } from '@tocsin/domain/classify';
import type { RegistrySet } from './load.ts';

/**
 * From when on two sets judge alerts differently, ms: -Infinity where they always did, null where they never do. Names,
 * rollouts, components, migrations and plain words judge nothing.
 */
export function differSince(before: RegistrySet, after: RegistrySet): number | null {
  const changes = new Set([...before.rules().changes, ...after.rules().changes]);
  const instants = [Number.NEGATIVE_INFINITY, ...[...changes].sort((a, b) => a - b)];
  return instants.find((at) => heldAt(before, at) !== heldAt(after, at)) ?? null;
}

/** All that decides at an instant; between two changes it is the same. */
function heldAt({ files: { parties, levers, codes } }: RegistrySet, at: number): string {
  const held = parties.flatMap(({ id, roles }) =>
    roles
      .filter(({ valid }) => within(valid, at))
      .map(({ role, regions, eui64s, 'dcc-user': dccUser }) => {
        const user = dccUser.some((span) => within(span, at));
        return { id, role, regions: regions.toSorted(), eui64s: eui64s.toSorted(), user };
      }),
  );
  const pulled = levers.flatMap(({ id, name, states, ...lever }) => {
    const now = states.findLast(({ from }) => from <= at);
    // A service request that is not in service yet is the way all the same; firmware before its pilot is none.
    if (!now && lever.kind === 'firmware') return [];
    return [{ ...lever, state: now?.state, reason: now?.reason }];
  });
  const added = codes.filter(({ code, safety }) => safety && CATALOGUE.get(code)?.safety === false);
  const facts = [...held, ...pulled, ...added.map(({ code }) => code)];
  return facts
    .map((fact) => JSON.stringify(fact))
    .sort()
    .join('\n');
}
