import { ReduceDataOptionsBuilder } from '@grafana/grafana-foundation-sdk/common';
import { GATE_COLOURS, HEADROOM } from '../capacity/bounds.ts';
import { CLICKHOUSE, rows, utc } from '../clickhouse/query.ts';
import { stat } from '../panels.ts';

/** The last hour of the time range that is over. */
const LAST_HOUR = `from = ${utc('toStartOfHour($__toTime) - INTERVAL 1 HOUR')}, to = ${utc('toStartOfHour($__toTime)')}`;

const LEFT = stat({
  from: CLICKHOUSE,
  title: 'Headroom in the last hour',
  description:
    'What part of its capacity each component had left in its highest minute of the last hour that is over. Red below a tenth, orange below a quarter: the bounds of the migration gate. Below zero: beyond its capacity.',
  unit: 'percentunit',
  none: 'No alerts in the last hour, or the registry gives no capacity',
  queries: [
    rows(`
SELECT if(component = 'end-to-end', 'End to end', any(name)) AS component_name, min(headroom) AS headroom
FROM capacity_peaks(${LAST_HOUR})
GROUP BY component
ORDER BY component`),
  ],
}).thresholds(HEADROOM);

const GATE = stat({
  from: CLICKHOUSE,
  title: 'Migrations',
  description:
    'What the last hour that is over says of migrating devices onto the network: stop where less than a tenth of the capacity is left end to end, caution where less than a quarter is, otherwise go.',
  unit: 'string',
  none: 'No alerts in the last hour, or the registry gives no capacity',
  queries: [rows(`SELECT state, reason FROM migration_gate(${LAST_HOUR}) ORDER BY hour DESC LIMIT 1`)],
})
  // The state is what is shown; the other text, the reason, becomes its name.
  .reduceOptions(new ReduceDataOptionsBuilder().values(true).calcs([]).fields('/^state$/'))
  .mappings(GATE_COLOURS);

export const HEADROOM_PANELS = [LEFT.span(16), GATE];
