-- Hours counted by dimension, in versions; which version holds is said by builds and the ledger (fresh_hours).
-- Hour and version lead the order, so that a set of fresh (hour, version) pairs is found by the index.
CREATE TABLE IF NOT EXISTS ${database}.rollup_hours ${on_cluster} (
  version UUID,
  hour DateTime('UTC'),
  alert_code LowCardinality(String),
  message_code UInt16,
  target FixedString(16),
  encoding Enum8('json' = 1, 'duis' = 2, 'gbcs' = 3),
  alerts UInt64,
  messages UInt64,
  devices AggregateFunction(uniq, FixedString(16))
)
ENGINE = ${replicated}MergeTree
PARTITION BY toYYYYMM(hour)
ORDER BY (hour, version, alert_code, message_code, target, encoding)
SETTINGS ${durability}, auto_statistics_types = '';
