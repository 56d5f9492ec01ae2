import { AnnotationQueryBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { CLICKHOUSE, HOURS, rows, utc } from './query.ts';
import { registered } from './registry.ts';

/** Columns `time`, `timeEnd`, `text` and `tags` are those that Grafana looks for; with `timeEnd` a stretch is shaded. */
const annotation = (name: string, colour: string, sql: string) =>
  new AnnotationQueryBuilder()
    .name(name)
    .datasource(CLICKHOUSE)
    .enable(true)
    .iconColor(colour)
    .target(rows(sql, 'Anno'));

const FEED_GAPS = annotation(
  'Feed gaps',
  'red',
  `
SELECT hour AS time, hour + 3600 AS timeEnd,
  format('{}: {} of {} messages came. No figure is to be read from this hour.', region, received, expected) AS text,
  'feed gap' AS tags
FROM feed_gaps(${HOURS})
ORDER BY time, region`,
);

const ROLLOUTS = annotation(
  'Rollouts',
  'blue',
  `
SELECT assumeNotNull(event.1) AS time, format('{} {}', name, event.2) AS text, 'rollout' AS tags
FROM ${registered('rollouts', 'name, begins, ends')}
ARRAY JOIN [(toNullable(begins), 'begins'), (ends, 'ends')] AS event
WHERE $__timeFilter_ms(event.1)
ORDER BY time, name`,
);

const HOLDS = annotation(
  'Rollouts on hold',
  'orange',
  `
SELECT pause.1 AS time, least(ifNull(pause.2, $__toTime_ms), $__toTime_ms) AS timeEnd,
  format('{} is on hold: {}', name, pause.3) AS text, 'hold' AS tags
FROM ${registered('rollouts', 'name, pauses')}
ARRAY JOIN pauses AS pause
WHERE pause.1 <= $__toTime_ms AND (pause.2 IS NULL OR pause.2 >= $__fromTime_ms)
ORDER BY time, name`,
);

const MIGRATION_PAUSES = annotation(
  'Migrations paused',
  'dark-purple',
  `
SELECT begins AS time, least(ifNull(ends, $__toTime_ms), $__toTime_ms) AS timeEnd,
  format('{} are paused: {}', name, reason) AS text, 'migrations' AS tags
FROM ${registered('migration_pauses', 'name, begins, ends, reason')}
WHERE begins <= $__toTime_ms AND (ends IS NULL OR ends >= $__fromTime_ms)
ORDER BY time, name`,
);

const GATE_STOPS = annotation(
  'Migration gate says stop',
  'purple',
  `
SELECT hour AS time, hour + 3600 AS timeEnd, reason AS text, 'migration gate' AS tags
FROM migration_gate(${HOURS})
WHERE state = 'stop'
ORDER BY time`,
);

const NOTES = annotation(
  'Notes of operators',
  'green',
  `
SELECT begins AS time, ifNull(ends, begins) AS timeEnd,
  format('{}{}: {} ({})', trimRight(concat(kind, ' ', subject)), if(ticket = '', '', concat(' ', ticket)), text, author) AS text,
  'note' AS tags
FROM notes(from = ${utc('$__fromTime_ms')}, to = ${utc('$__toTime_ms')})
ORDER BY time, id`,
);

/** What happened on the network, on every chart that is drawn from the store. */
export const ANNOTATIONS = [FEED_GAPS, ROLLOUTS, HOLDS, MIGRATION_PAUSES, GATE_STOPS, NOTES];
