import { readVolume } from '@tocsin/clickhouse';
import { SUPPRESSIONS } from '@tocsin/domain';
import { type Figure, powerFactor } from '@tocsin/report';
import type { Context } from '../context.ts';
import { hoursOf } from '../moments.ts';

const BY = ['day', 'suppression', 'reason', 'responsible_party', 'remedy', 'remedy_reason'] as const;
const UNSTOPPABLE = 'unstoppable';
const ELSE = SUPPRESSIONS.filter((one) => one !== UNSTOPPABLE);

export async function measurePowerFactor({ store, definition, incomplete }: Context): Promise<Figure> {
  const { codes, window } = definition.powerFactor;
  const hours = hoursOf(window, incomplete);
  const rows = await readVolume(store, hours, BY, [{ alert_code: codes }]);
  const judged = rows.map(({ responsible_party, remedy_reason, ...row }) => ({
    ...row,
    responsibleParty: responsible_party,
    remedyReason: remedy_reason,
  }));
  const days = new Map<string, { part: number; whole: number }>();
  for (const { day, suppression, alerts } of rows) {
    const { part, whole } = days.get(day) ?? { part: 0, whole: 0 };
    days.set(day, { part: part + (suppression === UNSTOPPABLE ? alerts : 0), whole: whole + alerts });
  }
  const devicesOf = async (suppression: readonly string[]) =>
    (await readVolume(store, hours, [], [{ alert_code: codes, suppression }]))[0]?.devices ?? 0;
  const devices = Math.min(await devicesOf([UNSTOPPABLE]), await devicesOf(ELSE));
  return powerFactor(definition, judged, { days: [...days.values()], devices }, incomplete);
}
