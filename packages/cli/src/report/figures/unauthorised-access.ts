import { readActivations, readFalls } from '@tocsin/clickhouse';
import { countsAlone, type Figure, outOfReach, unauthorisedAccess, windowsAround } from '@tocsin/report';
import type { Context } from '../context.ts';
import { spanOf } from '../moments.ts';

export async function measureUnauthorisedAccess({
  store,
  definition,
  incomplete,
  firstDay,
  lastDay,
  keptFrom,
}: Context): Promise<Figure> {
  const { codes, version, role, days } = definition.unauthorisedAccess;
  const activations = await readActivations(store, version, spanOf(definition.period));
  if (activations.length === 0) {
    const none = unauthorisedAccess(definition, null, null, {});
    return lastDay !== null && lastDay >= definition.period.last ? none : outOfReach(none, firstDay, lastDay);
  }
  const span = { first: activations[0]!.day, last: activations[activations.length - 1]!.day };
  const rollout = { span, devices: activations.reduce((sum, { hubs }) => sum + hubs, 0) };
  const windows = windowsAround(span.first, span.last, days, incomplete);
  // A window that the store doesn't reach would count what is not there yet as a fall.
  const reached =
    definition.period.first <= windows.before.first && lastDay !== null && windows.after.last <= lastDay;
  if (!reached) return outOfReach(unauthorisedAccess(definition, rollout, null, {}), firstDay, lastDay);
  if (keptFrom !== null && windows.before.first < keptFrom)
    return countsAlone(unauthorisedAccess(definition, rollout, null, {}), keptFrom);
  const falls = await readFalls(store, {
    codes,
    version,
    role,
    before: spanOf(windows.before),
    after: spanOf(windows.after),
    leftOut: windows.leftOut,
  });
  return unauthorisedAccess(
    definition,
    rollout,
    windows,
    Object.fromEntries(falls.map(({ owner, ...sums }) => [owner, sums])),
  );
}
