-- The views as they were, at half the cost, and two that are new. What a view takes is mostly the planning of the views
-- within it, which is done twice for each level: so they stand in each other as fragments.
CREATE OR REPLACE VIEW ${database}.alert_volume ${on_cluster} AS
SELECT * FROM ${volume lookback=0};

CREATE OR REPLACE VIEW ${database}.alert_stoppability ${on_cluster} AS
SELECT alert_code, suppression, reason, remedy, remedy_reason, responsible_party, acting_party,
  ${stoppable_now} AS stoppable_now,
  sum(volume.alerts) AS alerts, sum(volume.messages) AS messages, uniqMerge(devices_state) AS devices
FROM ${volume lookback=0} AS volume
GROUP BY alert_code, suppression, reason, remedy, remedy_reason, responsible_party, acting_party;

CREATE OR REPLACE VIEW ${database}.alert_by_firmware ${on_cluster} AS
SELECT toStartOfDay(hour) AS day, device_kind, manufacturer, model, firmware, alert_code,
  sum(volume.alerts) AS alerts, sum(volume.messages) AS messages, uniqMerge(devices_state) AS devices
FROM ${volume lookback=0} AS volume
GROUP BY day, device_kind, manufacturer, model, firmware, alert_code;

CREATE OR REPLACE VIEW ${database}.top_devices ${on_cluster} AS
WITH
  ${snapshot target=device_days seconds=86400 lookback=0}
SELECT device, alert_code,
  argMax(row.device_kind, row.last_at) AS device_kind, argMax(row.manufacturer, row.last_at) AS manufacturer,
  argMax(row.model, row.last_at) AS model, argMax(row.firmware, row.last_at) AS firmware, argMax(row.region, row.last_at) AS region,
  sum(row.alerts) AS alerts, sum(row.messages) AS messages, min(row.first_at) AS first_at, max(row.last_at) AS last_at
FROM (
  SELECT device, alert_code, device_kind, manufacturer, model, firmware, region, alerts, messages, first_at, last_at
  FROM ${database}.device_days
  WHERE (day, version) IN (SELECT one.1, one.2 FROM (SELECT arrayJoin(versions) AS one))
  UNION ALL
  SELECT device, alert_code, device_kind, manufacturer, model, firmware, region, toUInt64(alerts), 1, received_at, received_at
  FROM ${raw}
) AS row
GROUP BY device, alert_code;

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
    FROM ${volume lookback=29} AS volume
    WHERE region != ''
    GROUP BY region, responsible_party, had_hour
  )
  ARRAY JOIN [0, 1, 2, 3, 4] AS week
)
WHERE due_hour >= {from:DateTime('UTC')} AND due_hour < {to:DateTime('UTC')} AND due_hour <= now('UTC')
GROUP BY due_hour, region, responsible_party
HAVING received > 0 OR length(history) > 0;

CREATE OR REPLACE VIEW ${database}.spikes ${on_cluster} AS
SELECT * FROM ${spikes by_party=1};

CREATE OR REPLACE VIEW ${database}.code_spikes ${on_cluster} AS
SELECT * EXCEPT (responsible_party) FROM ${spikes by_party=0};

DROP VIEW IF EXISTS ${database}.spikes_among ${on_cluster};

-- A row for each hour and region of a part, with the alerts of its minutes one after another: what the load of months is
-- read from. It is kept with the rows of a build and goes with them.
ALTER TABLE ${database}.load_minutes ${on_cluster} MODIFY SETTING lightweight_mutation_projection_mode = 'rebuild';
ALTER TABLE ${database}.load_minutes ${on_cluster} ADD PROJECTION IF NOT EXISTS by_hour (
  SELECT hour, version, region, sumForEach(arrayConcat(arrayWithConstant(toMinute(minute), toUInt64(0)), [alerts])), sum(messages)
  GROUP BY hour, version, region
);
ALTER TABLE ${database}.load_minutes ${on_cluster} MATERIALIZE PROJECTION by_hour;

-- Load of the hours in [from, to) by region, exact at every moment. alerts: of each minute one after another, up to the last
-- in which any came; messages: of the whole hour.
CREATE OR REPLACE VIEW ${database}.load_by_hour ${on_cluster} AS
SELECT * FROM ${load lookback=0};

-- The tightest minute of each hour in [from, to) at each component whose capacity the registry gives in alerts a second:
-- load and capacity in that unit, headroom is 1 - load / capacity, negative beyond it. end-to-end: the component with the
-- least headroom, whose name it has. Alerts of devices that aren't known have no region: they load the components that
-- stand for all regions.
CREATE OR REPLACE VIEW ${database}.capacity_peaks ${on_cluster} AS
SELECT * FROM ${capacity_peaks};

-- As before, for each hour in [from, to) in which an alert came: stop where less than a tenth of the capacity is left in
-- its tightest minute, caution where less than a quarter is, otherwise go.
CREATE OR REPLACE VIEW ${database}.migration_gate ${on_cluster} AS
SELECT hour, multiIf(headroom < 0.1, 'stop', headroom < 0.25, 'caution', 'go') AS state,
  if(headroom < 0, format('{}: the highest minute is {}% beyond its capacity', name, toString(round(-100 * headroom))),
    format('{}: {}% of its capacity is left in the highest minute', name, toString(round(100 * headroom)))) AS reason,
  name AS tightest, headroom AS least_headroom
FROM ${capacity_peaks}
WHERE component = 'end-to-end';

-- Messages of each hour in [from, to) by region against what is expected, as feed_completeness has them of its parties:
-- expected: the (upper) median of the same hour of London's week in the four weeks before, null with fewer than two such
-- weeks since the feed of the region began; reached: what all of these weeks but one reached. Hours that have not begun
-- have no row.
CREATE OR REPLACE VIEW ${database}.feed_by_region ${on_cluster} AS
SELECT * FROM ${region_feed before=0 lookback=29};

-- Hours in [from, to), that are over, in which a region's feed was missing: a tenth or less came of what all weeks but one
-- had reached, in hours one after another in which that was 50 messages or more together: by chance less likely than one
-- in a million even if half as many were due. No figure is to be read from such hours.
CREATE OR REPLACE VIEW ${database}.feed_gaps ${on_cluster} AS
SELECT * FROM ${gaps before=0 lookback=29};
