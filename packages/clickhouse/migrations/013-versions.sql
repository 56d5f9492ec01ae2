-- Every bucket of a target in [from, to) (taken by its beginning, `seconds` long) for which messages were accepted,
-- with the version to read it from; the nil version says that there is none, and that the raw rows are to be read.
-- A version is fresh when it holds as many messages as the ledger says were accepted, and was built from as many
-- revisions as are committed: rows are a subset of the ledger's, and the revisions that a build saw are a subset of
-- those that any later query sees, so that equal counts prove equal sets. (The greatest revision would not: two writers
-- may commit in another order than they began.) Any fresh version will do. A sealed bucket has its version for ever.
-- What was committed after the query began is not looked at: the query may have taken its parts of the derived table,
-- or of corrections, before those rows were in it. All users of this view in a query see each table as one snapshot
-- (enable_shared_storage_snapshot_in_query), or one might take a bucket for fresh and the other for stale.
CREATE OR REPLACE VIEW ${database}.bucket_versions ${on_cluster} AS
SELECT ledger.bucket AS bucket,
  if(toUInt128(any(seal.version)) != 0, any(seal.version), max(build.version)) AS version
FROM (
  SELECT toDateTime(intDiv(toUnixTimestamp(hour), {seconds:UInt32}) * {seconds:UInt32}, 'UTC') AS bucket,
    sum(accepted) AS accepted, sum(revisions) AS revision
  FROM (
    SELECT hour, sum(hour_accepted) AS accepted, 0 AS revisions
    FROM ${database}.blocks
    WHERE hour >= {from:DateTime('UTC')} AND toUnixTimestamp(hour) < toUnixTimestamp({to:DateTime('UTC')}) + toUInt64({seconds:UInt32})
    GROUP BY hour
    UNION ALL
    SELECT hour, 0 AS accepted, count() AS revisions
    FROM ${database}.revisions
    WHERE hour >= {from:DateTime('UTC')} AND toUnixTimestamp(hour) < toUnixTimestamp({to:DateTime('UTC')}) + toUInt64({seconds:UInt32})
      AND at < initialQueryStartTime()
    GROUP BY hour
  )
  GROUP BY bucket
  HAVING accepted > 0 AND bucket >= {from:DateTime('UTC')} AND bucket < {to:DateTime('UTC')}
) AS ledger
LEFT JOIN (
  SELECT bucket, version, any(source_rows) AS source_rows, any(revision) AS revision
  FROM ${database}.builds
  WHERE target = {target:String} AND bucket >= {from:DateTime('UTC')} AND bucket < {to:DateTime('UTC')}
    AND at < initialQueryStartTime()
  GROUP BY bucket, version
  HAVING NOT max(superseded)
) AS build ON build.bucket = ledger.bucket AND build.source_rows = ledger.accepted AND build.revision = ledger.revision
LEFT JOIN (
  SELECT bucket, max(version) AS version
  FROM ${database}.sealed_versions
  WHERE target = {target:String} AND bucket >= {from:DateTime('UTC')} AND bucket < {to:DateTime('UTC')}
  GROUP BY bucket
) AS seal ON seal.bucket = ledger.bucket
GROUP BY ledger.bucket
SETTINGS join_use_nulls = 0;

-- The rows of `alerts`, as corrected, of every bucket in [from, to) that can't be read from the target: of the target
-- '', which nobody builds, those are all. Rows whose position has a committed correction give way to it, the greatest
-- revision of a position holding: a row of `alerts` counts as revision 0, and the set below has 0 and the greatest
-- revision of each corrected position, so that of the rows of `alerts` those outside it are kept, of `corrections` those
-- in it. A correction that was committed after the query began is not looked at, as its rows may not all be seen yet.
-- What takes time in a query of few rows is the server's reading of this view, which is done again for each mention of
-- `unbuilt` and of a table: hence few of them.
CREATE OR REPLACE VIEW ${database}.raw_alerts ${on_cluster} AS
WITH
  (
    SELECT groupArrayArray(arrayMap(i -> bucket + 3600 * i, range(intDiv({seconds:UInt32}, 3600))))
    FROM ${database}.bucket_versions(
      target = {target:String}, seconds = {seconds:UInt32}, from = {from:DateTime('UTC')}, to = {to:DateTime('UTC')})
    WHERE toUInt128(version) = 0
  ) AS unbuilt
SELECT * EXCEPT (revision)
FROM (
  SELECT toUInt64(0) AS revision, * FROM ${database}.alerts
  UNION ALL
  SELECT * FROM ${database}.corrections
)
WHERE toStartOfHour(received_at) IN (SELECT arrayJoin(unbuilt))
  AND (revision != 0) = ((stream, partition, offset, revision) IN (
    SELECT stream, partition, offset, arrayJoin([0, max(revision)])
    FROM ${database}.corrections
    WHERE (toStartOfHour(received_at), revision) IN (
      SELECT hour, revision
      FROM ${database}.revisions
      WHERE hour IN (SELECT arrayJoin(unbuilt)) AND at < initialQueryStartTime()
    )
    GROUP BY stream, partition, offset
  ));
