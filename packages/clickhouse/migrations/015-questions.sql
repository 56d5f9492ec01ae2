-- What can be stopped, and by whom: volume of the hours in [from, to) by verdict. stoppable_now: the responsible party
-- can switch it off, or a released firmware ends it and the device can take it. protected and unknown stand apart.
CREATE OR REPLACE VIEW ${database}.alert_stoppability ${on_cluster} AS
SELECT alert_code, suppression, reason, remedy, remedy_reason, responsible_party, acting_party,
  suppression = 'suppressible' OR (remedy = 'released' AND suppression NOT IN ('protected', 'unknown')) AS stoppable_now,
  sum(volume.alerts) AS alerts, sum(volume.messages) AS messages, uniqMerge(devices_state) AS devices
FROM ${database}.alert_volume(from = {from:DateTime('UTC')}, to = {to:DateTime('UTC')}) AS volume
GROUP BY alert_code, suppression, reason, remedy, remedy_reason, responsible_party, acting_party;

-- Volume of the hours in [from, to) by firmware of a model, by UTC day.
CREATE OR REPLACE VIEW ${database}.alert_by_firmware ${on_cluster} AS
SELECT toStartOfDay(hour) AS day, device_kind, manufacturer, model, firmware, alert_code,
  sum(volume.alerts) AS alerts, sum(volume.messages) AS messages, uniqMerge(devices_state) AS devices
FROM ${database}.alert_volume(from = {from:DateTime('UTC')}, to = {to:DateTime('UTC')}) AS volume
GROUP BY day, device_kind, manufacturer, model, firmware, alert_code;

-- What each device raised on the UTC days that begin in [from, to), by code: to be ordered by alerts. Fresh days from
-- their build, all others from the raw rows as corrected.
CREATE OR REPLACE VIEW ${database}.top_devices ${on_cluster} AS
SELECT device, alert_code,
  argMax(row.device_kind, row.last_at) AS device_kind, argMax(row.manufacturer, row.last_at) AS manufacturer,
  argMax(row.model, row.last_at) AS model, argMax(row.firmware, row.last_at) AS firmware, argMax(row.region, row.last_at) AS region,
  sum(row.alerts) AS alerts, sum(row.messages) AS messages, min(row.first_at) AS first_at, max(row.last_at) AS last_at
FROM (
  SELECT device, alert_code, device_kind, manufacturer, model, firmware, region, alerts, messages, first_at, last_at
  FROM ${database}.device_days
  WHERE (day, version) IN (
    SELECT bucket, version
    FROM ${database}.bucket_versions(
      target = 'device_days', seconds = 86400, from = {from:DateTime('UTC')}, to = {to:DateTime('UTC')})
    WHERE toUInt128(version) != 0
  )
  UNION ALL
  SELECT device, alert_code, device_kind, manufacturer, model, firmware, region, toUInt64(alerts), 1, received_at, received_at
  FROM ${database}.raw_alerts(
    target = 'device_days', seconds = 86400, from = {from:DateTime('UTC')}, to = {to:DateTime('UTC')})
) AS row
GROUP BY device, alert_code;

-- Messages of each hour in [from, to) by region and responsible party, against what is expected: the (upper) median of
-- the same hour of the week, London time, in the four weeks before, weeks without a message counting 0; null with
-- fewer than two such weeks since the region's feed began. reached: what all of these weeks but one reached, which holds
-- while a rollout brings the volume down as well. An hour of which nothing came has its row where something came in one
-- of the weeks. gap: a tenth or less came in an hour that is over, of at least 20 messages that had been reached; a party
-- that had nearly all of its alerts switched off looks the same: of a whole region, see feed_gaps. Hours that have not
-- begun have no row, that which goes on expects a whole hour. Devices that aren't known have no region and are left out.
CREATE OR REPLACE VIEW ${database}.feed_completeness ${on_cluster} AS
WITH
  arraySort(groupArrayIf(had, week > 0 AND had_hour > first_hour)) AS history,
  arrayCount(ago -> addWeeks(toTimeZone(hour, 'Europe/London'), -ago) > any(first_hour), [1, 2, 3, 4]) AS weeks,
  arrayConcat(arrayWithConstant(greatest(0, toInt64(weeks) - toInt64(length(history))), toUInt64(0)), history) AS padded
SELECT due_hour AS hour, region, responsible_party,
  sumIf(had, week = 0) AS received,
  if(weeks < 2, NULL, padded[intDiv(length(padded), 2) + 1]) AS expected,
  if(weeks < 2, NULL, padded[2]) AS reached,
  ifNull(reached >= 20 AND received * 10 <= reached, false) AND due_hour <= now('UTC') - 3600 AS gap
FROM (
  SELECT region, responsible_party, had_hour, had, first_hour, week,
    if(week = 0, had_hour, toTimeZone(addWeeks(toTimeZone(had_hour, 'Europe/London'), week), 'UTC')) AS due_hour
  FROM (
    SELECT volume.region AS region, volume.responsible_party AS responsible_party, volume.hour AS had_hour,
      sum(volume.messages) AS had, min(had_hour) OVER (PARTITION BY region) AS first_hour
    FROM ${database}.alert_volume(
      from = toDateTime(greatest(0, toInt64(toUnixTimestamp({from:DateTime('UTC')})) - 29 * 86400), 'UTC'),
      to = {to:DateTime('UTC')}) AS volume
    WHERE region != ''
    GROUP BY region, responsible_party, had_hour
  )
  ARRAY JOIN [0, 1, 2, 3, 4] AS week
)
WHERE due_hour >= {from:DateTime('UTC')} AND due_hour < {to:DateTime('UTC')} AND due_hour <= now('UTC')
GROUP BY due_hour, region, responsible_party
HAVING received > 0 OR length(history) > 0;

-- Hours in [from, to), that are over, in which a region's feed was missing: of its parties together a tenth or less came of what all
-- weeks but one had reached, in hours one after another in which that was 50 messages or more together: by chance less
-- likely than one in a million even if half as many were due. No figure is to be read from such hours.
CREATE OR REPLACE VIEW ${database}.feed_gaps ${on_cluster} AS
SELECT hour, region, received, expected
FROM (
  SELECT hour, region, received, expected, sum(reached) OVER (PARTITION BY region, run) AS due
  FROM (
    SELECT hour, region, received, expected, reached,
      intDiv(toUnixTimestamp(hour), 3600) - row_number() OVER (PARTITION BY region ORDER BY hour) AS run
    FROM (
      SELECT hour, region, sum(completeness.received) AS received, sum(ifNull(completeness.expected, 0)) AS expected,
        sum(ifNull(completeness.reached, 0)) AS reached
      FROM ${database}.feed_completeness(from = {from:DateTime('UTC')}, to = {to:DateTime('UTC')}) AS completeness
      WHERE hour <= now('UTC') - 3600
      GROUP BY hour, region
      HAVING received * 10 <= reached AND reached > 0
    )
  )
)
WHERE due >= 50;

-- How current the answers are, by derived table; times by the server's clock in UTC, null where there is none.
-- last_received_at: the newest alert; last_planned_at: the newest block of the ledger; stale: closed buckets that are
-- read from raw rows, oldest_stale the first of them: exact all the same, but slow; build_age: seconds since the last
-- build.
CREATE OR REPLACE VIEW ${database}.freshness ${on_cluster} AS
SELECT target, stale, oldest_stale,
  (SELECT maxOrNull(received_at) FROM ${database}.alerts
   WHERE received_at >= toDateTime64((SELECT max(hour) FROM ${database}.blocks WHERE hour_accepted > 0), 3, 'UTC')) AS last_received_at,
  (SELECT maxOrNull(planned_at) FROM ${database}.blocks) AS last_planned_at,
  build.at AS last_build_at,
  dateDiff('second', build.at, now64(6, 'UTC')) AS build_age,
  now64(3, 'UTC') AS asked_at
FROM (
  SELECT 'rollup_hours' AS target, countIf(unread) AS stale, minOrNullIf(bucket, unread) AS oldest_stale
  FROM (
    SELECT bucket, toUInt128(version) = 0 AND bucket + 3600 <= now('UTC') AS unread
    FROM ${database}.bucket_versions(
      target = 'rollup_hours', seconds = 3600, from = toDateTime(0, 'UTC'), to = toDateTime(4294967295, 'UTC'))
  )
  UNION ALL
  SELECT 'load_minutes', countIf(unread), minOrNullIf(bucket, unread)
  FROM (
    SELECT bucket, toUInt128(version) = 0 AND bucket + 3600 <= now('UTC') AS unread
    FROM ${database}.bucket_versions(
      target = 'load_minutes', seconds = 3600, from = toDateTime(0, 'UTC'), to = toDateTime(4294967295, 'UTC'))
  )
  UNION ALL
  SELECT 'device_days', countIf(unread), minOrNullIf(bucket, unread)
  FROM (
    SELECT bucket, toUInt128(version) = 0 AND bucket + 86400 <= now('UTC') AS unread
    FROM ${database}.bucket_versions(
      target = 'device_days', seconds = 86400, from = toDateTime(0, 'UTC'), to = toDateTime(4294967295, 'UTC'))
  )
) AS buckets
LEFT JOIN (
  SELECT target, maxOrNull(at) AS at FROM ${database}.builds WHERE NOT superseded GROUP BY target
) AS build USING (target)
SETTINGS join_use_nulls = 1;
