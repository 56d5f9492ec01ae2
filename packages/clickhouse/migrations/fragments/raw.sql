-- `raw_alerts` for a FROM, of the hours in the scalar `unbuilt`.
(
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
    ))
)
