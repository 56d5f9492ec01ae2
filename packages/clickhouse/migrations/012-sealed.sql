-- Days before `before` take no more alerts and no more corrections: written first, before anything of them is dropped.
-- The processor rejects what was received before its retention by its plan's clock, so that only plans older than this
-- row can still bring something; corrections of earlier hours are not made. The greatest holds.
CREATE TABLE IF NOT EXISTS ${database}.sealed ${on_cluster} (
  before DateTime('UTC'),
  at DateTime64(6, 'UTC') DEFAULT now64(6)
)
ENGINE = ${replicated}MergeTree
ORDER BY before
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
