import { CLICKHOUSE, HOURS, rows, series, utc } from '../clickhouse/query.ts';
import { chart, labelOf, stacked, stat, thresholds } from '../panels.ts';
import { CHOSEN, KEY } from './choices.ts';

/** The hours of a week ago, and one more on both sides, as clocks may have been changed in between. */
const WEEK_AGO = `from = ${utc('toStartOfHour($__fromTime) - INTERVAL 169 HOUR')}, to = ${utc('$__toTime - INTERVAL 167 HOUR')}`;
/** By the clock of London. */
const A_WEEK_LATER = "toTimeZone(addWeeks(toTimeZone(hour, 'Europe/London'), 1), 'UTC')";

const TOTAL = stat({
  from: CLICKHOUSE,
  title: 'In all',
  description:
    'What is chosen, over the time range. Alerts: what messages stand for, a throttled one for many. Devices: those that raised any, each counted once.',
  unit: 'short',
  none: 'No alerts of what is chosen',
  queries: [
    rows(`
SELECT sum(alerts) AS "Alerts", sum(messages) AS "Messages", uniqMerge(devices_state) AS "Devices"
FROM alert_volume(${HOURS})
WHERE ${CHOSEN}
HAVING sum(messages) > 0`),
  ],
}).thresholds(thresholds('blue'));

const BROKEN_DOWN = stacked({
  from: CLICKHOUSE,
  title: `Alerts by \${by}`,
  description:
    'Alerts a second of the ten with the most in the time range, and of all others together. None: the device, and so its attributes, is not known, or no party is responsible.',
  unit: 'cps',
  none: 'No alerts of what is chosen',
  queries: [
    series(`
SELECT time, if(rank <= 10, if(key = '', 'none', key), 'all others') AS series, sum(of_key) / $__interval_s AS rate
FROM (
  SELECT *, dense_rank() OVER (ORDER BY total DESC, key) AS rank
  FROM (
    SELECT $__timeInterval(hour) AS time, ${KEY} AS key, sum(alerts) AS of_key, sum(of_key) OVER (PARTITION BY key) AS total
    FROM alert_volume(${HOURS})
    WHERE ${CHOSEN}
    GROUP BY time, key
  )
)
GROUP BY time, series
ORDER BY time, series`),
  ],
})
  .interval('1h')
  .displayName(labelOf('series'));

const AGAINST_LAST_WEEK = chart({
  from: CLICKHOUSE,
  title: 'Against last week',
  description:
    'Alerts a second of what is chosen, and those of the same hours of the week before by the clock of London, also where clocks were changed in between.',
  unit: 'cps',
  none: 'No alerts of what is chosen, in this time or a week before',
  queries: [
    series(
      `
SELECT $__timeInterval(hour) AS time, sum(alerts) / $__interval_s AS "this time"
FROM alert_volume(${HOURS})
WHERE ${CHOSEN}
GROUP BY time
ORDER BY time`,
      'A',
    ),
    series(
      `
SELECT $__timeInterval(due) AS time, sum(alerts) / $__interval_s AS "a week before"
FROM (
  SELECT ${A_WEEK_LATER} AS due, alerts
  FROM alert_volume(${WEEK_AGO})
  WHERE ${CHOSEN} AND due >= toStartOfHour($__fromTime) AND due < $__toTime
)
GROUP BY time
ORDER BY time`,
      'B',
    ),
  ],
})
  .interval('1h')
  .overrideByQuery('B', [{ id: 'custom.lineStyle', value: { fill: 'dash', dash: [8, 8] } }]);

export const OVER_TIME_PANELS = [TOTAL.span(24), BROKEN_DOWN.span(24), AGAINST_LAST_WEEK.span(24)];
