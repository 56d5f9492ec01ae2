import { CLICKHOUSE, HOURS, rows, series, utc } from '../clickhouse/query.ts';
import { meaningOf } from '../clickhouse/registry.ts';
import { chart, columnUnit, labelOf, stacked, table } from '../panels.ts';
import { chosen } from '../variables.ts';

const BY_FIRMWARE = `alert_by_firmware(${HOURS})`;
const OF_MODEL = chosen("concat(manufacturer, ' ', model)", 'model');
const OF_CODE = chosen('alert_code', 'code');

const OVER_TIME = chart({
  from: CLICKHOUSE,
  title: 'Alerts a day by firmware',
  description:
    'Alerts of each UTC day by the firmware that the device ran when it raised them. A day in which the time range begins or ends is not whole. Vertical lines: rollouts.',
  unit: 'short',
  none: 'No alerts of what is chosen',
  queries: [
    series(`
SELECT day AS time, if(model = '', 'unknown', concat(manufacturer, ' ', model, ' ', firmware)) AS version, sum(alerts) AS alerts_a_day
FROM ${BY_FIRMWARE}
WHERE ${OF_MODEL} AND ${OF_CODE}
GROUP BY time, version
ORDER BY time, version`),
  ],
})
  .interval('1d')
  .displayName(labelOf('version'));

const VERSIONS = table({
  from: CLICKHOUSE,
  title: 'Firmware of the time range',
  description:
    'Per device and day: alerts of a day by the devices that raised any on it. Devices: the most on one day. Devices that raise nothing are in none of these.',
  unit: 'short',
  none: 'No alerts of what is chosen',
  queries: [
    rows(`
SELECT trimBoth(concat(manufacturer, ' ', model)) AS "Model", firmware AS "Firmware", alert_code AS "Code",
  ${meaningOf('alert_code')} AS "Meaning", min(day) AS "First day", max(day) AS "Last day", sum(alerts) AS "Alerts",
  max(devices) AS "Devices", sum(alerts) / sum(devices) AS "Per device and day"
FROM ${BY_FIRMWARE}
WHERE ${OF_MODEL} AND ${OF_CODE}
GROUP BY manufacturer, model, firmware, alert_code
ORDER BY sum(alerts) DESC, "Model", firmware, alert_code
LIMIT 100`),
  ],
})
  .overrideByName('First day', columnUnit('dateTimeAsIso'))
  .overrideByName('Last day', columnUnit('dateTimeAsIso'));

const BEFORE_AND_AFTER = table({
  from: CLICKHOUSE,
  title: 'Before and after each rollout',
  description:
    "Alerts a day of a rollout's model and codes: over the days of the time range that had alerts and no hour of which a region's feed was missing, before the UTC day on which the rollout began, and from the day on which it ended (or began, where it goes on). Before and after alone: whatever else changed for all devices is in it as well, and devices that have fallen silent count as a success.",
  unit: 'short',
  none: 'No rollout of the registry has days on both sides in this time range',
  queries: [
    rows(`
SELECT name AS "Rollout", begins AS "Began", ends AS "Ended", alerts_before / days_before AS "Before, a day",
  alerts_after / days_after AS "After, a day", if(alerts_before = 0, NULL, "After, a day" / "Before, a day" - 1) AS "Change"
FROM (
  SELECT rollout, any(name) AS name, any(begins) AS begins, any(ends) AS ends,
    sumIf(alerts, early AND ended) AS alerts_before, sumIf(alerts, late AND ended) AS alerts_after,
    uniqExactIf(day, early) AS days_before, uniqExactIf(day, late) AS days_after
  FROM (
    SELECT *, day < toStartOfDay(begins) AS early, day >= toStartOfDay(ifNull(ends, begins)) AS late,
      volume.manufacturer = plan.manufacturer AND volume.model = plan.model AND has(codes, alert_code) AS ended
    FROM ${BY_FIRMWARE} AS volume
    CROSS JOIN rollout_registered(to = ${utc('$__toTime')}) AS plan
    WHERE NOT has((SELECT groupUniqArray(toStartOfDay(hour)) FROM feed_gaps(${HOURS})), day)
  )
  GROUP BY rollout
)
WHERE days_before > 0 AND days_after > 0
ORDER BY begins, rollout`),
  ],
})
  .overrideByName('Began', columnUnit('dateTimeAsIso'))
  .overrideByName('Ended', columnUnit('dateTimeAsIso'))
  .overrideByName('Change', columnUnit('percentunit', 1));

const WAITING = stacked({
  from: CLICKHOUSE,
  title: 'What firmware can do about the alerts',
  description:
    'Alerts a second by remedy. Released: the firmware is there, and the device can take it. HAN-unstable: it is there, and the device can not take it. Pilot, on-hold: it is not released yet. None: no firmware ends them.',
  unit: 'cps',
  none: 'No alerts of what is chosen',
  queries: [
    series(`
SELECT $__timeInterval(hour) AS time, remedy, sum(alerts) / $__interval_s AS rate
FROM alert_volume(${HOURS})
WHERE ${OF_MODEL} AND ${OF_CODE}
GROUP BY time, remedy
ORDER BY time, remedy`),
  ],
})
  .interval('1h')
  .displayName(labelOf('remedy'));

export const ALERT_PANELS = [OVER_TIME.span(24), BEFORE_AND_AFTER.span(24), VERSIONS, WAITING];
