-- What could not be read, by position, with its original bytes: a repeat of a position replaces itself.
CREATE TABLE IF NOT EXISTS ${database}.rejected ${on_cluster} (
  stream LowCardinality(String),
  partition UInt16,
  offset UInt64,
  planned_at DateTime64(3, 'UTC'),
  rejected_at DateTime64(3, 'UTC') DEFAULT now64(3),
  reason LowCardinality(String),
  taken_at DateTime64(3, 'UTC'),
  key String,
  value String
)
ENGINE = ${replicated}ReplacingMergeTree
ORDER BY (stream, partition, offset)
SETTINGS ${deduplication}, ${durability}, auto_statistics_types = '';
