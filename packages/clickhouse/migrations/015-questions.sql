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

-- Messages of each hour in [from, to) by region and responsible party, against what is expected: the median of the
-- same hour of the week (London) in the four weeks before, null with fewer than two of them. An hour of which nothing
-- came has a row where something was expected. Devices that aren't known have no region and are left out.
CREATE OR REPLACE VIEW ${database}.feed_completeness ${on_cluster} AS
WITH
  received AS (
    SELECT region, responsible_party, hour, sum(messages) AS messages
    FROM ${database}.alert_volume(from = {from:DateTime('UTC')} - 28 * 86400, to = {to:DateTime('UTC')})
    WHERE region != ''
    GROUP BY region, responsible_party, hour
  ),
  fed AS (
    SELECT region, min(hour) AS first_hour FROM received GROUP BY region
  ),
  hours AS (
    SELECT {from:DateTime('UTC')} + 3600 * number AS hour
    FROM numbers(toUInt64(greatest(0, toUnixTimestamp({to:DateTime('UTC')}) - toUnixTimestamp({from:DateTime('UTC')})) / 3600))
  ),
  pairs AS (
    SELECT DISTINCT region, responsible_party FROM received
  ),
  weeks AS (
    SELECT hour, week, toDate(hour, 'Europe/London') - 7 * week AS day, toHour(hour, 'Europe/London') AS of_day
    FROM hours ARRAY JOIN [0, 1, 2, 3, 4] AS week
  )
SELECT grid.hour AS hour, grid.region AS region, grid.responsible_party AS responsible_party,
  sumIf(had.messages, week = 0) AS received,
  if(countIf(week > 0 AND day > toDate(first_hour, 'Europe/London')) < 2, NULL,
    quantileExactIf(0.5)(had.messages, week > 0 AND day > toDate(first_hour, 'Europe/London'))) AS expected
FROM (
  SELECT pairs.region AS region, pairs.responsible_party AS responsible_party, fed.first_hour AS first_hour,
    weeks.hour AS hour, weeks.week AS week, weeks.day AS day, weeks.of_day AS of_day
  FROM pairs INNER JOIN fed ON fed.region = pairs.region CROSS JOIN weeks
) AS grid
LEFT JOIN (
  SELECT region, responsible_party, toDate(hour, 'Europe/London') AS day, toHour(hour, 'Europe/London') AS of_day,
    sum(messages) AS messages
  FROM received
  GROUP BY region, responsible_party, day, of_day
) AS had ON had.region = grid.region AND had.responsible_party = grid.responsible_party
  AND had.day = grid.day AND had.of_day = grid.of_day
GROUP BY hour, region, responsible_party
HAVING received > 0 OR expected > 0
SETTINGS join_use_nulls = 0;

-- Hours in [from, to) in which a region's feed was missing: a tenth or less of what was expected came, of at least 20
-- messages, which by chance alone is less likely than one in ten million. No figure is to be read from such hours.
CREATE OR REPLACE VIEW ${database}.feed_gaps ${on_cluster} AS
SELECT hour, region, sum(completeness.received) AS received, sum(ifNull(completeness.expected, 0)) AS expected
FROM ${database}.feed_completeness(from = {from:DateTime('UTC')}, to = {to:DateTime('UTC')}) AS completeness
GROUP BY hour, region
HAVING expected >= 20 AND received * 10 <= expected;

-- How current the answers are: the last alert by its receipt, the last block by its plan, both in the ledger; the last
-- build; all by the server's clock in UTC, null where there is none.
CREATE OR REPLACE VIEW ${database}.freshness ${on_cluster} AS
SELECT
  (SELECT maxOrNull(hour) FROM ${database}.blocks WHERE hour_accepted > 0) AS last_hour,
  (SELECT maxOrNull(planned_at) FROM ${database}.blocks) AS last_block_at,
  (SELECT maxOrNull(at) FROM ${database}.builds WHERE NOT superseded) AS last_build_at,
  (SELECT maxOrNull(at) FROM ${database}.revisions) AS last_revision_at,
  now64(3, 'UTC') AS asked_at;
