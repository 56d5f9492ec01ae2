-- The rollouts of the newest registry: the firmware that each brings, onto which devices (in all regions where there are none),
-- to end which codes, by whom (a party, or a kind of them), with its pauses and its lever's states up to `to`.
CREATE OR REPLACE VIEW ${database}.rollout_registered ${on_cluster} AS
SELECT rollout, any(one.name) AS name, any(one.begins) AS begins, any(one.ends) AS ends, any(one.pauses) AS pauses,
  any(lever.codes) AS codes, any(lever.manufacturer) AS manufacturer, any(lever.model) AS model,
  any(lever.firmware) AS firmware, any(lever.regions) AS regions, any(lever.acting_party) AS acting_party,
  arraySort(groupArrayIf((lever.holds_from, lever.state, lever.reason), lever.holds_from < {to:DateTime64(3, 'UTC')})) AS states
FROM ${database}.rollouts AS one
INNER JOIN ${database}.levers AS lever ON lever.version = one.version AND lever.lever = one.lever
WHERE one.version = (SELECT argMax(version, at) FROM ${database}.registry_versions) AND lever.kind = 'firmware'
GROUP BY rollout;

-- What each device raised of each code on the UTC days that begin in [from, to). Fresh days from their build, all others
-- message by message from the raw rows as corrected, so that a device and code may have several rows of a day: to be summed.
CREATE OR REPLACE VIEW ${database}.devices_by_day ${on_cluster} AS
WITH
  ${snapshot target=device_days seconds=86400 lookback=0}
SELECT day, device, alert_code, region, alerts, messages, first_at, last_at
FROM ${database}.device_days
WHERE (day, version) IN (SELECT one.1, one.2 FROM (SELECT arrayJoin(versions) AS one))
UNION ALL
SELECT toStartOfDay(toDateTime(received_at, 'UTC')) AS day, device, alert_code, region, toUInt64(alerts), 1, received_at, received_at
FROM ${raw};

-- UTC days that begin in [from, to), are over and of which anything came, with the regions whose feed had a gap on them.
CREATE OR REPLACE VIEW ${database}.feed_days ${on_cluster} AS
SELECT toDate(ledger.bucket) AS day, gap.regions AS gaps
FROM (
  ${versions target=device_days seconds=86400 lookback=0}
) AS ledger
LEFT JOIN (
  SELECT toStartOfDay(hour) AS bucket, groupUniqArray(region) AS regions
  FROM ${gaps before=0 lookback=29}
  GROUP BY bucket
) AS gap ON gap.bucket = ledger.bucket
WHERE ledger.bucket + 86400 <= least({to:DateTime('UTC')}, now('UTC'))
ORDER BY day
SETTINGS join_use_nulls = 0;

-- How far a treatment has reached its devices by the end of each UTC day, from the first activation to the last: activated so
-- far, of the devices that were there, both of the kinds that have taken it up at all (a hub's CHF, not its GPF). kinds,
-- regions: of these devices.
CREATE OR REPLACE VIEW ${database}.rollout_adoption ${on_cluster} AS
SELECT day, activated, devices, kinds, regions
FROM (
  SELECT day, sum(more_activated) OVER (ORDER BY day) AS activated, sum(more_devices) OVER (ORDER BY day) AS devices,
    minIf(day, more_activated > 0) OVER () AS first_day, maxIf(day, more_activated > 0) OVER () AS last_day, kinds, regions
  FROM (
    SELECT step.1 AS day, sum(step.2) AS more_activated, sum(step.3) AS more_devices, any(kinds) AS kinds, any(regions) AS regions
    FROM (
      SELECT groupArrayArray(of_kind) AS steps, groupArray(kind) AS kinds, groupUniqArrayArray(in_regions) AS regions
      FROM (
        SELECT kind, groupArrayArray([(activated, 1, 0), (since, 0, 1), (until, 0, -1)]) AS of_kind, groupUniqArray(region) AS in_regions,
          min(activated) AS first_of_kind
        FROM ${treatment_times}
        WHERE target AND own
        GROUP BY kind
        HAVING first_of_kind < toDate(65535)
      )
    )
    ARRAY JOIN steps AS step
    WHERE step.1 < toDate(65535)
    GROUP BY day
  )
)
WHERE day >= first_day AND day <= last_day
ORDER BY day WITH FILL INTERPOLATE (activated, devices, kinds, regions);
