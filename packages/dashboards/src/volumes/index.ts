import { ANNOTATIONS } from '../clickhouse/annotations.ts';
import { buildDashboard } from '../dashboard.ts';
import { CLICKHOUSE_SOURCE } from '../variables.ts';
import { BREAKDOWN, CHOICES } from './choices.ts';
import { OVER_TIME_PANELS } from './over-time.ts';
import { TABLE_PANELS } from './tables.ts';

export const volumes = buildDashboard({
  uid: 'tocsin-volumes',
  title: 'Volumes',
  description:
    'Any code, firmware, party and region over any time, against the week before, down to the device.',
  range: 'now-7d',
  refresh: '5m',
  variables: [CLICKHOUSE_SOURCE, ...CHOICES, BREAKDOWN],
  annotations: ANNOTATIONS,
  rows: { 'How much?': OVER_TIME_PANELS, 'Of what, and from where?': TABLE_PANELS },
});
