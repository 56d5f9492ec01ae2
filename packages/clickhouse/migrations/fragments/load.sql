-- `load_by_hour` for a FROM, from `lookback` days before on. Of built rows it is written as the projection is, or that is not
-- taken.
(
WITH
  ${snapshot target=load_minutes seconds=3600 lookback=${lookback}}
SELECT hour, region,
  sumForEach(arrayConcat(arrayWithConstant(toMinute(minute), toUInt64(0)), [built.alerts])) AS alerts, sum(built.messages) AS messages
FROM ${database}.load_minutes AS built
WHERE (hour, version) IN (SELECT one.1, one.2 FROM (SELECT arrayJoin(versions) AS one))
GROUP BY hour, region
UNION ALL
SELECT toStartOfHour(received_at) AS hour, region,
  sumForEach(arrayConcat(arrayWithConstant(toMinute(received_at), toUInt64(0)), [toUInt64(raw.alerts)])) AS alerts, count() AS messages
FROM ${raw} AS raw
GROUP BY hour, region
)
