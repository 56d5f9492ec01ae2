-- Every hour in [from, to) (taken by its beginning) for which messages were accepted, with the version to read it
-- from; the nil version says that there is none, and that the raw rows are to be read. A version is fresh when it
-- holds as many messages as the ledger says were accepted: as the raw rows are a subset of the ledger, these can
-- only be all of them. Any fresh version will do. Until there are corrections, every hour's revision is 0.
-- A version committed after the query began is not looked at: the query may have taken its parts of the derived
-- table before that version was in it. Builds and ledger are each seen as one snapshot by both users of this view
-- (enable_shared_storage_snapshot_in_query), or one might take an hour for fresh and the other for stale.
CREATE OR REPLACE VIEW ${database}.hour_versions ${on_cluster} AS
SELECT ledger.hour AS hour, max(build.version) AS version
FROM (
  SELECT hour, sum(hour_accepted) AS accepted
  FROM ${database}.blocks
  WHERE hour >= {from:DateTime('UTC')} AND hour < {to:DateTime('UTC')}
  GROUP BY hour
  HAVING accepted > 0
) AS ledger
LEFT JOIN (
  SELECT bucket, version, any(source_rows) AS source_rows
  FROM ${database}.builds
  WHERE target = 'rollup_hours' AND bucket >= {from:DateTime('UTC')} AND bucket < {to:DateTime('UTC')}
    AND revision = 0
    AND at < initialQueryStartTime()
  GROUP BY bucket, version
  HAVING NOT max(superseded)
) AS build ON build.bucket = ledger.hour AND build.source_rows = ledger.accepted
GROUP BY ledger.hour
SETTINGS join_use_nulls = 0;

-- Volume of the hours in [from, to), exact at every moment: fresh hours from their build, all others from the raw
-- rows. alerts is the sum of N, messages counts messages, devices counts the distinct devices of the row.
-- alerts and messages add up; to count devices over several rows: uniqMerge(devices_state).
CREATE OR REPLACE VIEW ${database}.alert_volume ${on_cluster} AS
SELECT hour, alert_code, message_code, target, encoding, alerts, messages,
  finalizeAggregation(state) AS devices, state AS devices_state
FROM (
  SELECT hour, alert_code, message_code, target, encoding, alerts, messages, devices AS state
  FROM ${database}.rollup_hours
  WHERE (hour, version) IN (
    SELECT hour, version
    FROM ${database}.hour_versions(from = {from:DateTime('UTC')}, to = {to:DateTime('UTC')})
    WHERE version != toUUID('00000000-0000-0000-0000-000000000000')
  )
  UNION ALL
  SELECT toStartOfHour(received_at) AS hour, alert_code, message_code, target, encoding,
    sum(alerts) AS alerts, count() AS messages, uniqState(device) AS state
  FROM ${database}.alerts
  WHERE toStartOfHour(received_at) IN (
    SELECT hour
    FROM ${database}.hour_versions(from = {from:DateTime('UTC')}, to = {to:DateTime('UTC')})
    WHERE version = toUUID('00000000-0000-0000-0000-000000000000')
  )
  GROUP BY hour, alert_code, message_code, target, encoding
);
