import { ANNOTATIONS } from '../clickhouse/annotations.ts';
import { HOURS } from '../clickhouse/query.ts';
import { buildDashboard } from '../dashboard.ts';
import { CLICKHOUSE_SOURCE, choice } from '../variables.ts';
import { DOWNLOAD_PANELS } from './downloads.ts';
import { GATE_PANELS } from './gate.ts';
import { LOAD_PANELS } from './load.ts';

/** Of those that have a capacity in alerts a second; end to end is the tightest of them at each minute. */
const COMPONENT = choice(
  'component',
  'Component',
  `SELECT component, if(component = 'end-to-end', 'End to end', any(name)) FROM capacity_peaks(${HOURS}) GROUP BY component ORDER BY component`,
);

export const capacity = buildDashboard({
  uid: 'tocsin-capacity',
  title: 'Capacity',
  description:
    'Load against capacity of each component and end to end, how much headroom is left, and what that says of migrations.',
  range: 'now-7d',
  refresh: '5m',
  variables: [CLICKHOUSE_SOURCE, COMPONENT],
  annotations: ANNOTATIONS,
  rows: {
    'How much is left?': LOAD_PANELS,
    'Can devices be migrated?': GATE_PANELS,
    'Do firmware downloads have room?': DOWNLOAD_PANELS,
  },
});
