-- The ledger: one row per block and hour in which it accepted messages, written before the rows of the block.
-- records, accepted, rejected, duplicates are of the whole block and stand on each of its rows;
-- hour_accepted is what this hour has of them. A block that accepted nothing has one row, in its planned hour.
-- Not partitioned, so that one insert is one part: a block's rows are in the ledger together or not at all.
-- The projection is the ledger folded by hour, part by part and so as exact as the rows: what every answer asks.
CREATE TABLE IF NOT EXISTS ${database}.blocks ${on_cluster} (
  hour DateTime('UTC'),
  stream LowCardinality(String),
  partition UInt16,
  first_offset UInt64,
  last_offset UInt64,
  planned_at DateTime64(3, 'UTC'),
  rule_version LowCardinality(String),
  checksum String,
  records UInt32,
  accepted UInt32,
  rejected UInt32,
  duplicates UInt32,
  hour_accepted UInt32,
  PROJECTION hours (
    SELECT hour, sum(hour_accepted), min(planned_at), max(planned_at) GROUP BY hour
  )
)
ENGINE = ${replicated}MergeTree
ORDER BY (hour, stream, partition, first_offset)
SETTINGS ${deduplication}, ${durability}, auto_statistics_types = '', lightweight_mutation_projection_mode = 'rebuild';
