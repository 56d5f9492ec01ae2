-- What was published, once and for good: of a name every revision stands, the greatest is the newest. begins, ends: the period.
-- data_version: rows of `data_version` as JSON, read before anything was asked. numbers: JSON, each with its query.
CREATE TABLE IF NOT EXISTS ${database}.published_reports ${on_cluster} (
  name LowCardinality(String),
  revision UInt32,
  id UUID,
  begins DateTime64(3, 'UTC'),
  ends DateTime64(3, 'UTC'),
  published_at DateTime64(3, 'UTC') DEFAULT now64(3),
  published_by String,
  data_version String CODEC(ZSTD(3)),
  numbers String CODEC(ZSTD(3)),
  markdown String CODEC(ZSTD(3))
)
ENGINE = ${replicated}MergeTree
ORDER BY (name, revision)
SETTINGS ${deduplication}, ${durability}, auto_statistics_types = '';

-- What an answer is made of, as it is now: how far each ledger has come (part `alerts` and `inventory`, by stream and partition:
-- the last offset), when the newest corrections were committed, which registry, dead letters, sealing and schema hold.
CREATE OR REPLACE VIEW ${database}.data_version ${on_cluster} AS
SELECT part, name, value
FROM (
  SELECT 'alerts' AS part, concat(stream, '/', toString(partition)) AS name, toString(max(last_offset)) AS value
  FROM ${database}.blocks GROUP BY stream, partition
  UNION ALL
  SELECT 'inventory', concat(stream, '/', toString(partition)), toString(max(last_offset))
  FROM ${database}.inventory_blocks GROUP BY stream, partition
  UNION ALL
  SELECT 'corrections', '', toString(max(at)) FROM ${database}.revisions WHERE at < initialQueryStartTime() HAVING count() > 0
  UNION ALL
  SELECT 'registry', '', argMax(version, at) FROM ${database}.registry_versions HAVING count() > 0
  UNION ALL
  SELECT 'redriven', '', toString(max(at)) FROM ${database}.redriven WHERE state = 'produced' HAVING count() > 0
  UNION ALL
  SELECT 'sealed', 'before', toString(max(before)) FROM ${database}.sealed HAVING count() > 0
  UNION ALL
  SELECT 'schema', '', max(migrations.name) FROM ${database}.migrations HAVING count() > 0
)
ORDER BY part, name;
