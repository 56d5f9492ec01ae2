-- `load_by_hour` for a FROM, from `lookback` days before on. Of built rows it is written as the projection is, or that is not
-- taken.
(
WITH
  versions AS (
    ${versions target=load_minutes seconds=3600 lookback=${lookback}}
  ),
  (SELECT groupArray(bucket) FROM versions WHERE toUInt128(version) = 0) AS unbuilt
SELECT hour, region,
  sumForEach(arrayConcat(arrayWithConstant(toMinute(minute), toUInt64(0)), [built.alerts])) AS alerts, sum(built.messages) AS messages
FROM ${database}.load_minutes AS built
WHERE (hour, version) IN (SELECT bucket, version FROM versions WHERE toUInt128(version) != 0)
GROUP BY hour, region
UNION ALL
SELECT toStartOfHour(received_at) AS hour, region,
  sumForEach(arrayConcat(arrayWithConstant(toMinute(received_at), toUInt64(0)), [toUInt64(raw.alerts)])) AS alerts, count() AS messages
FROM ${raw} AS raw
GROUP BY hour, region
)
