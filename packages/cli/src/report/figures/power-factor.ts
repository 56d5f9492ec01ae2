import { readSides, readVolume } from '@tocsin/clickhouse';
import { type Figure, powerFactor, singlesFrom } from '@tocsin/report';
import type { Context } from '../context.ts';
import { hoursOf } from '../moments.ts';

const BY = ['suppression', 'reason', 'responsible_party', 'remedy', 'remedy_reason'] as const;

export async function measurePowerFactor({
  store,
  definition,
  incomplete,
  keptFrom,
}: Context): Promise<Figure> {
  const { codes, window } = definition.powerFactor;
  const hours = hoursOf(window, incomplete);
  const rows = await readVolume(store, hours, BY, [{ alert_code: codes }]);
  const judged = rows.map(({ responsible_party, remedy_reason, ...row }) => ({
    ...row,
    responsibleParty: responsible_party,
    remedyReason: remedy_reason,
  }));
  // The counts of sealed days are there, only the interval takes alerts one by one.
  if (keptFrom !== null && window.first < keptFrom)
    return powerFactor(definition, judged, { absent: singlesFrom(keptFrom) }, incomplete);
  const { those, others } = await readSides(store, hours, codes, 'unstoppable');
  return powerFactor(definition, judged, { unstoppable: those, others }, incomplete);
}
