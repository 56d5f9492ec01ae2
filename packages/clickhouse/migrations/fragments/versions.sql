-- `bucket_versions` of one target, for a view's WITH: a view within a view is read and planned several times over. Of the hours
-- from `lookback` days before [from, to) on.
SELECT ledger.bucket AS bucket,
  if(toUInt128(any(seal.version)) != 0, any(seal.version), max(build.version)) AS version
FROM (
  SELECT toDateTime(intDiv(toUnixTimestamp(hour), ${seconds}) * ${seconds}, 'UTC') AS bucket,
    sum(accepted) AS accepted, sum(revisions) AS revision
  FROM (
    SELECT hour, sum(hour_accepted) AS accepted, 0 AS revisions
    FROM ${database}.blocks
    WHERE hour >= toDateTime(greatest(0, toInt64(toUnixTimestamp({from:DateTime('UTC')})) - ${lookback} * 86400), 'UTC') AND toUnixTimestamp(hour) < toUnixTimestamp({to:DateTime('UTC')}) + toUInt64(${seconds})
    GROUP BY hour
    UNION ALL
    SELECT hour, 0 AS accepted, count() AS revisions
    FROM ${database}.revisions
    WHERE hour >= toDateTime(greatest(0, toInt64(toUnixTimestamp({from:DateTime('UTC')})) - ${lookback} * 86400), 'UTC') AND toUnixTimestamp(hour) < toUnixTimestamp({to:DateTime('UTC')}) + toUInt64(${seconds})
      AND at < initialQueryStartTime()
    GROUP BY hour
  )
  GROUP BY bucket
  HAVING accepted > 0 AND bucket >= toDateTime(greatest(0, toInt64(toUnixTimestamp({from:DateTime('UTC')})) - ${lookback} * 86400), 'UTC') AND bucket < {to:DateTime('UTC')}
) AS ledger
LEFT JOIN (
  SELECT bucket, version, any(source_rows) AS source_rows, any(revision) AS revision
  FROM ${database}.builds
  WHERE target = '${target}' AND bucket >= toDateTime(greatest(0, toInt64(toUnixTimestamp({from:DateTime('UTC')})) - ${lookback} * 86400), 'UTC') AND bucket < {to:DateTime('UTC')}
    AND at < initialQueryStartTime()
  GROUP BY bucket, version
  HAVING NOT max(superseded)
) AS build ON build.bucket = ledger.bucket AND build.source_rows = ledger.accepted AND build.revision = ledger.revision
LEFT JOIN (
  SELECT bucket, max(version) AS version
  FROM ${database}.sealed_versions
  WHERE target = '${target}' AND bucket >= toDateTime(greatest(0, toInt64(toUnixTimestamp({from:DateTime('UTC')})) - ${lookback} * 86400), 'UTC') AND bucket < {to:DateTime('UTC')}
  GROUP BY bucket
) AS seal ON seal.bucket = ledger.bucket
GROUP BY ledger.bucket
SETTINGS join_use_nulls = 0
