import { CLICKHOUSE, HOURS, rows } from '../clickhouse/query.ts';
import { columnUnit, table, timeline } from '../panels.ts';
import { GATE_COLOURS } from './bounds.ts';

const OVER_TIME = timeline({
  from: CLICKHOUSE,
  title: 'Migration gate',
  description:
    'What each hour says of migrating devices onto the network, by its highest minute end to end: stop where less than a tenth of the capacity is left, caution where less than a quarter is, otherwise go.',
  unit: 'string',
  none: 'No alerts in this time range, or the registry gives no capacity',
  queries: [rows(`SELECT hour AS time, state FROM migration_gate(${HOURS}) ORDER BY time`)],
}).mappings(GATE_COLOURS);

const REASONS = table({
  from: CLICKHOUSE,
  title: 'Hours at caution or stop, and why',
  description:
    'The newest hours in which migrations should have been slowed or stopped, and the component that was tightest.',
  unit: 'string',
  none: 'Every hour of this time range says go',
  queries: [
    rows(`
SELECT hour AS "Hour", state AS "State", tightest AS "Tightest", least_headroom AS "Headroom", reason AS "Why"
FROM migration_gate(${HOURS})
WHERE state != 'go'
ORDER BY hour DESC
LIMIT 100`),
  ],
})
  .mappings(GATE_COLOURS)
  .overrideByName('Hour', columnUnit('dateTimeAsIso'))
  .overrideByName('Headroom', columnUnit('percentunit', 1));

export const GATE_PANELS = [OVER_TIME, REASONS.span(24)];
