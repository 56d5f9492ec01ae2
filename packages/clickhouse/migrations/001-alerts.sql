-- The truth: one row per accepted message, written once and never changed.
-- stream, partition, offset: where in Kafka the message stands; planned_at: the clock of its block's plan.
-- received_at is the time axis; raised_at is the device's own word, null where it gave none.
-- target '0000000000000000' and message_code 0 stand for "none"; alerts is the N of the message.
-- From device_kind to han_state: the device's attributes as of raised_at, or as of received_at where clock_suspect says
-- that the two differ by more than the bound. Parties are ids of the registry. The empty text is "not known" or "none".
-- A query of received_at by < or > compares with DateTime64, never with DateTime: the server (seen in 26.7) takes
-- `< 12:00:00` as `<= 11:59:59` when it prunes, and drops parts and granules with nothing but the second between.
-- It prunes merged parts by automatic statistics as well, so that these are off on all of our tables.
CREATE TABLE IF NOT EXISTS ${database}.alerts ${on_cluster} (
  stream LowCardinality(String),
  partition UInt16,
  offset UInt64,
  planned_at DateTime64(3, 'UTC'),
  received_at DateTime64(3, 'UTC'),
  raised_at Nullable(DateTime64(3, 'UTC')),
  device FixedString(16),
  originator FixedString(16),
  target FixedString(16),
  counter UInt64,
  alert_code LowCardinality(String),
  message_code UInt16,
  alerts UInt32,
  encoding Enum8('json' = 1, 'duis' = 2, 'gbcs' = 3),
  device_kind LowCardinality(String),
  manufacturer LowCardinality(String),
  model LowCardinality(String),
  firmware LowCardinality(String),
  smets LowCardinality(String),
  cohort LowCardinality(String),
  region LowCardinality(String),
  hub FixedString(16) DEFAULT '0000000000000000',
  hub_release LowCardinality(String),
  supplier LowCardinality(String),
  gas_supplier LowCardinality(String),
  network_operator LowCardinality(String),
  han_state LowCardinality(String),
  responsible_party LowCardinality(String),
  suppression LowCardinality(String) DEFAULT 'unknown',
  reason LowCardinality(String) DEFAULT 'unknown-device',
  remedy LowCardinality(String) DEFAULT 'none',
  remedy_reason LowCardinality(String),
  acting_party LowCardinality(String),
  clock_suspect Bool,
  INDEX offset_range offset TYPE minmax GRANULARITY 1
)
ENGINE = ${replicated}MergeTree
PARTITION BY toYYYYMMDD(received_at)
ORDER BY (toStartOfHour(received_at), alert_code, device)
SETTINGS ${deduplication}, ${durability}, auto_statistics_types = '';
