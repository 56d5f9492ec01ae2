-- Components of the registry with the capacity that holds at `at`, in their unit. Those without one then have no row.
CREATE OR REPLACE VIEW ${database}.components_at ${on_cluster} AS
SELECT component, any(components.name) AS name, any(components.unit) AS unit, any(components.regions) AS regions,
  argMax(components.capacity, holds_from) AS capacity
FROM ${database}.components
WHERE version = (SELECT argMax(version, at) FROM ${database}.registry_versions) AND holds_from <= {at:DateTime('UTC')}
GROUP BY component
HAVING capacity > 0;

-- The tightest minute of each day in London at each component, of the hours in [from, to), as capacity_peaks has them.
CREATE OR REPLACE VIEW ${database}.capacity_days ${on_cluster} AS
SELECT toDate(hour, 'Europe/London') AS day, component,
  argMin((peak.minute, peak.load, peak.capacity), (peak.headroom, peak.minute)) AS of_day,
  of_day.1 AS minute, of_day.2 AS load, of_day.3 AS capacity
FROM ${capacity_peaks} AS peak
WHERE component != 'end-to-end'
GROUP BY day, component;

-- The same, and what it would have been had alerts of `codes` not come. Load by minute is not kept by code: of each hour's
-- tightest minute that share is taken off which the codes had of the hour's alerts in the regions of the component.
CREATE OR REPLACE VIEW ${database}.capacity_days_without ${on_cluster} AS
WITH (
  SELECT (groupArray(component), groupArray(regions))
  FROM (
    SELECT component, any(components.regions) AS regions
    FROM ${database}.components
    WHERE version = (SELECT argMax(version, at) FROM ${database}.registry_versions) AND unit = 'alerts/s'
    GROUP BY component
  )
) AS parts
SELECT toDate(hour, 'Europe/London') AS day, component,
  argMin((one.minute, one.load, one.capacity), (one.headroom, one.minute)) AS of_day,
  of_day.1 AS minute, of_day.2 AS load, of_day.3 AS capacity,
  argMin((one.minute, left_load, one.capacity), (-left_load / one.capacity, one.minute)) AS of_day_without,
  of_day_without.1 AS minute_without, of_day_without.2 AS load_without, of_day_without.3 AS capacity_without
FROM (
  SELECT peak.hour AS hour, peak.component AS component, peak.minute AS minute, peak.load AS load,
    peak.capacity AS capacity, peak.headroom AS headroom, parts.2[indexOf(parts.1, peak.component)] AS own,
    arrayFilter(one -> empty(own) OR has(own, one.1), share.of_regions) AS counted,
    peak.load * (1 - arraySum(one -> one.2, counted) / greatest(1, arraySum(one -> one.3, counted))) AS left_load
  FROM ${capacity_peaks} AS peak
  LEFT JOIN (
    SELECT hour, groupArray((region, codes_alerts, all_alerts)) AS of_regions
    FROM (
      SELECT volume.hour AS hour, volume.region AS region,
        sumIf(volume.alerts, alert_code IN {codes:Array(String)}) AS codes_alerts, sum(volume.alerts) AS all_alerts
      FROM ${volume lookback=0} AS volume
      GROUP BY hour, region
    )
    GROUP BY hour
  ) AS share ON share.hour = peak.hour
  WHERE component != 'end-to-end'
) AS one
GROUP BY day, component
SETTINGS join_use_nulls = 0;

-- Downloads of firmware that ended in each hour in [from, to), done or failed, at each component whose capacity the registry
-- gives in requests, with its slots then. A device told of by the inventory and by itself within a day counts once. The
-- stream tells when a download ended: not when it was asked for, how long it held a slot, nor what waited for one. So
-- hours_to_fill is how long each would have to hold its slot, on average, for all slots to be taken (Little 1961: taken
-- slots are arrivals an hour times hours held).
CREATE OR REPLACE VIEW ${database}.ota_load ${on_cluster} AS
WITH (
  SELECT groupArray((component, name, regions, capacities))
  FROM (
    SELECT component, any(components.name) AS name, any(components.regions) AS regions,
      arraySort(groupArray((toDateTime(holds_from, 'UTC'), capacity))) AS capacities
    FROM ${database}.components
    WHERE version = (SELECT argMax(version, at) FROM ${database}.registry_versions) AND unit = 'requests'
    GROUP BY component
  )
) AS parts
SELECT hour, part.1 AS component, part.2 AS name, arrayLast(since -> since.1 <= hour, any(part.4)).2 AS slots,
  count() AS ended, countIf(outcome = 'failed') AS failed, slots / ended AS hours_to_fill
FROM (
  SELECT toStartOfHour(toDateTime(one.1, 'UTC')) AS hour, one.2 AS outcome, region
  FROM (
    SELECT device, arrayJoin(arrayFilter(one -> one.3 OR NOT arrayExists(other -> other.3 AND other.2 = one.2
      AND abs(dateDiff('second', one.1, other.1)) <= 86400, told), told)) AS one
    FROM (
      SELECT device, groupUniqArray((effective_at, outcome, source = 'inventory')) AS told
      FROM ${database}.firmware_attempts
      WHERE phase = 'download' AND effective_at >= {from:DateTime('UTC')} - 86400 AND effective_at < {to:DateTime('UTC')} + 86400
      GROUP BY device
    )
    WHERE one.1 >= {from:DateTime('UTC')} AND one.1 < {to:DateTime('UTC')}
  ) AS ended
  INNER JOIN (
    SELECT device, argMax(history.region, (effective_at, stream, partition, offset)) AS region
    FROM ${database}.device_history AS history
    WHERE history.region IS NOT NULL AND effective_at < {to:DateTime('UTC')} AND device IN (
      SELECT device
      FROM ${database}.firmware_attempts
      WHERE phase = 'download' AND effective_at >= {from:DateTime('UTC')} AND effective_at < {to:DateTime('UTC')}
    )
    GROUP BY device
  ) AS known USING (device)
)
ARRAY JOIN parts AS part
WHERE empty(part.3) OR has(part.3, region)
GROUP BY hour, part.1, part.2
HAVING slots > 0;
