-- A row here is the commit of a derived version: a version without one is invisible.
-- source_rows: messages read back from the version; at: the server's clock after the version's rows were in.
CREATE TABLE IF NOT EXISTS ${database}.builds ${on_cluster} (
  target LowCardinality(String),
  bucket DateTime('UTC'),
  version UUID,
  revision UInt32,
  source_rows UInt64,
  at DateTime64(6, 'UTC') DEFAULT now64(6)
)
ENGINE = ${replicated}MergeTree
ORDER BY (target, bucket, at)
SETTINGS ${durability};

-- Tombstones: versions that no query starting from now on may choose; their rows are swept once the queries
-- that started before are surely over.
CREATE TABLE IF NOT EXISTS ${database}.builds_superseded ${on_cluster} (
  target LowCardinality(String),
  bucket DateTime('UTC'),
  version UUID,
  at DateTime64(6, 'UTC') DEFAULT now64(6)
)
ENGINE = ${replicated}MergeTree
ORDER BY (target, bucket, version)
SETTINGS ${durability};
