-- Load of the hours in [from, to) by minute, exact at every moment: fresh hours from their build, all others from the
-- raw rows as corrected. alerts is the sum of N, messages counts messages; both add up.
CREATE OR REPLACE VIEW ${database}.load_by_minute ${on_cluster} AS
SELECT minute, region, device_kind, responsible_party, alerts, messages
FROM ${database}.load_minutes
WHERE (hour, version) IN (
  SELECT bucket, version
  FROM ${database}.bucket_versions(
    target = 'load_minutes', seconds = 3600, from = {from:DateTime('UTC')}, to = {to:DateTime('UTC')})
  WHERE toUInt128(version) != 0
)
UNION ALL
SELECT toStartOfMinute(toDateTime(received_at, 'UTC')) AS minute, region, device_kind, responsible_party,
  sum(raw.alerts) AS alerts, count() AS messages
FROM ${database}.raw_alerts(
  target = 'load_minutes', seconds = 3600, from = {from:DateTime('UTC')}, to = {to:DateTime('UTC')}) AS raw
GROUP BY minute, region, device_kind, responsible_party;

-- Load against capacity of each minute of the hours in [from, to) in which an alert came, in alerts a second: of each
-- component whose capacity the registry gives in that unit (as it was at that minute), and end to end, which is the
-- component with the least headroom. headroom: 1 - load / capacity, negative beyond it. Alerts of devices that aren't
-- known have no region: they load the components that stand for all regions.
CREATE OR REPLACE VIEW ${database}.capacity_load ${on_cluster} AS
WITH (
  SELECT groupArray((component, name, regions, capacities))
  FROM (
    SELECT component, any(components.name) AS name, any(components.regions) AS regions,
      arraySort(groupArray((toDateTime(holds_from, 'UTC'), capacity))) AS capacities
    FROM ${database}.components
    WHERE version = (SELECT argMax(version, at) FROM ${database}.registry_versions) AND unit = 'alerts/s'
    GROUP BY component
    ORDER BY component
  )
) AS parts
SELECT minute, one.1 AS component, one.2 AS name, one.3 AS load, one.4 AS capacity, 1 - load / capacity AS headroom
FROM (
  SELECT minute,
    arrayFilter(one -> one.4 > 0, arrayMap(part -> (
      part.1, part.2,
      arraySum(arrayMap((of, alerts) -> if(empty(part.3) OR has(part.3, of), alerts, 0), regions, by_region)) / 60,
      arrayLast(since -> since.1 <= minute, part.4).2
    ), parts)) AS loads,
    arrayConcat(loads, arrayMap(one -> ('end-to-end', one.2, one.3, one.4),
      arraySlice(arraySort(one -> -(one.3 / one.4), loads), 1, 1))) AS all_loads
  FROM (
    SELECT minute, groupArray(region) AS regions, groupArray(of_region) AS by_region
    FROM (
      SELECT minute, region, sum(load.alerts) AS of_region
      FROM ${database}.load_by_minute(from = {from:DateTime('UTC')}, to = {to:DateTime('UTC')}) AS load
      GROUP BY minute, region
    )
    GROUP BY minute
  )
)
ARRAY JOIN all_loads AS one;

-- Whether devices can be migrated onto the network, for each hour in [from, to) in which an alert came, by the highest
-- minute of the hour, end to end: stop where less than a tenth of the capacity is left, caution where less than a
-- quarter is, otherwise go. component: the tightest, which the reason names. The minutes of July 2020 tell that
-- migrations were paused for the volume of alerts; the bounds are ours.
CREATE OR REPLACE VIEW ${database}.migration_gate ${on_cluster} AS
SELECT toStartOfHour(minute) AS hour,
  multiIf(least_headroom < 0.1, 'stop', least_headroom < 0.25, 'caution', 'go') AS state,
  format('{}: {}% of its capacity is left in the highest minute', tightest, toString(round(100 * least_headroom))) AS reason,
  argMin(capacity.name, capacity.headroom) AS tightest, min(capacity.headroom) AS least_headroom
FROM ${database}.capacity_load(from = {from:DateTime('UTC')}, to = {to:DateTime('UTC')}) AS capacity
WHERE component = 'end-to-end'
GROUP BY hour;
