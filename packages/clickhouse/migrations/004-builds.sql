-- A row with superseded = 0 is the commit of one bucket of a derived version: without one it is invisible.
-- A bucket is an hour or a day, by its beginning. source_rows: messages read back from the version; revision: how many
-- committed revisions of the bucket's hours it was built from; at: the server's clock, after the version's rows were in.
-- A row with superseded = 1 is its tombstone: queries that begin later do not choose it, and its rows are swept
-- once those that began earlier are surely over. Both kinds in one table, so that a query sees them at one moment.
CREATE TABLE IF NOT EXISTS ${database}.builds ${on_cluster} (
  target LowCardinality(String),
  bucket DateTime('UTC'),
  version UUID,
  revision UInt64,
  source_rows UInt64,
  at DateTime64(6, 'UTC') DEFAULT now64(6),
  superseded Bool DEFAULT false
)
ENGINE = ${replicated}MergeTree
ORDER BY (target, bucket, version)
SETTINGS ${durability}, auto_statistics_types = '';
