-- What became of dead letters that were put back into Kafka, by position and attempt; the greatest state holds.
-- intended is written before the message is produced, the others after: an attempt that stays intended was killed
-- between the two, and only Kafka knows whether the message is there.
CREATE TABLE IF NOT EXISTS ${database}.redriven ${on_cluster} (
  stream LowCardinality(String),
  partition UInt16,
  offset UInt64,
  attempt UUID,
  state Enum8('intended' = 1, 'withdrawn' = 2, 'produced' = 3),
  at DateTime64(3, 'UTC') DEFAULT now64(3)
)
ENGINE = ${replicated}MergeTree
ORDER BY (stream, partition, offset, attempt)
SETTINGS ${deduplication}, ${durability}, auto_statistics_types = '';
