import { ANNOTATIONS } from '../clickhouse/annotations.ts';
import { buildDashboard } from '../dashboard.ts';
import { CLICKHOUSE_SOURCE } from '../variables.ts';
import { ACTION_PANELS } from './actions.ts';
import { FEED_PANELS } from './feed.ts';
import { FLOOD_PANELS } from './floods.ts';
import { HEADROOM_PANELS } from './headroom.ts';
import { STOPPING_PANELS } from './stopping.ts';

export const operationsNow = buildDashboard({
  uid: 'tocsin-operations',
  title: 'Operations now',
  description:
    'Is the feed whole, what is flooding, since when, from whom, can it be stopped and by whom, and is there headroom?',
  range: 'now-24h',
  refresh: '1m',
  variables: [CLICKHOUSE_SOURCE],
  annotations: ANNOTATIONS,
  rows: {
    'Is the feed whole?': FEED_PANELS,
    'Can it be stopped?': STOPPING_PANELS,
    'Who can act?': ACTION_PANELS,
    'What is flooding?': FLOOD_PANELS,
    'Is there headroom?': HEADROOM_PANELS,
  },
});
