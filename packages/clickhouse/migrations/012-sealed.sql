-- Days before `before` take no more alerts and no more corrections: written first, before anything of them is dropped.
-- Processors reject what was received earlier, in every plan that they make once they have read it; corrections of
-- earlier hours are not committed. The greatest holds.
CREATE TABLE IF NOT EXISTS ${database}.sealed ${on_cluster} (
  before DateTime('UTC'),
  at DateTime64(6, 'UTC') DEFAULT now64(6)
)
ENGINE = ${replicated}MergeTree
ORDER BY before
SETTINGS ${durability}, auto_statistics_types = '';

-- The owner of a partition says that every plan which still took alerts from before `before` is stored and committed.
-- Days are sealed up to where all partitions are drained. Of a partition the greatest holds.
CREATE TABLE IF NOT EXISTS ${database}.drained ${on_cluster} (
  stream LowCardinality(String),
  partition UInt16,
  before DateTime('UTC'),
  at DateTime64(6, 'UTC') DEFAULT now64(6)
)
ENGINE = ${replicated}MergeTree
ORDER BY (stream, partition, before)
SETTINGS ${durability}, auto_statistics_types = '';

-- The version from which a bucket is read for ever: its raw rows are dropped once the longest query that might still
-- read them is over. A day's rows, of all targets, are one insert and so there together. The greatest version holds,
-- should two builders have sealed the same bucket.
CREATE TABLE IF NOT EXISTS ${database}.sealed_versions ${on_cluster} (
  target LowCardinality(String),
  bucket DateTime('UTC'),
  version UUID,
  at DateTime64(6, 'UTC') DEFAULT now64(6)
)
ENGINE = ${replicated}MergeTree
ORDER BY (target, bucket, version)
SETTINGS ${durability}, auto_statistics_types = '';
