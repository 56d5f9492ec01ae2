import { readVolume } from '@tocsin/clickhouse';
import { type Figure, highestDays } from '@tocsin/report';
import type { Context } from '../context.ts';
import { hoursOf } from '../moments.ts';

const BY = ['day', 'alert_code', 'responsible_party', 'manufacturer', 'model'] as const;

export async function measureHighestDays({ store, definition, incomplete }: Context): Promise<Figure> {
  const rows = await readVolume(store, hoursOf(definition.period, incomplete), BY);
  const cells = rows.map(({ day, alert_code, responsible_party, manufacturer, model, alerts }) => ({
    day,
    code: alert_code,
    party: responsible_party,
    model: `${manufacturer} ${model}`.trim(),
    alerts,
  }));
  return highestDays(definition, cells, incomplete);
}
