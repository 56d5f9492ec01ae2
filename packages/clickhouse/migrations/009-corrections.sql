-- Rows of alerts as they should have been, by position: the whole row, so that one stands in for the other. A revision
-- is invisible until it is committed by its row in revisions; of a position the greatest committed one holds. Only the
-- attributes and what follows from them differ, so an hour's count of messages is the same by either.
CREATE TABLE IF NOT EXISTS ${database}.corrections ${on_cluster} (
  revision UInt64,
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
  clock_suspect Bool
)
ENGINE = ${replicated}MergeTree
PARTITION BY toYYYYMM(received_at)
ORDER BY (toStartOfHour(received_at), stream, partition, offset, revision)
SETTINGS ${durability}, auto_statistics_types = '';
-- The commit of a revision of an hour. An hour without one is at revision 0. at: the server's clock, after the
-- revision's corrections were in. Revisions grow (generateSnowflakeID), the greatest is the hour's.
CREATE TABLE IF NOT EXISTS ${database}.revisions ${on_cluster} (
  hour DateTime('UTC'),
  revision UInt64,
  corrected UInt64,
  at DateTime64(6, 'UTC') DEFAULT now64(6)
)
ENGINE = ${replicated}MergeTree
ORDER BY (hour, revision)
SETTINGS ${durability}, auto_statistics_types = '';
-- How far the alerts of a partition have been compared with the device history: the greatest offset of each of its
-- `stream/partition` that has been looked at, plus 1; a history's rows become visible in the order of their offsets.
-- It is the owner's word, and its claim grows with each owner: of the greatest claim the newest row holds, so that what
-- a former owner writes after it lost the partition says nothing of rows that were prepared since.
CREATE TABLE IF NOT EXISTS ${database}.reattributed ${on_cluster} (
  stream LowCardinality(String),
  partition UInt16,
  claim UInt64,
  through Map(String, UInt64),
  at DateTime64(6, 'UTC') DEFAULT now64(6)
)
ENGINE = ${replicated}ReplacingMergeTree(at)
ORDER BY (stream, partition, claim)
SETTINGS ${durability}, auto_statistics_types = '';
-- What was asked to be compared with the device history and the registries as they are now: the alerts of a partition
-- received in [begins, ends), hours of one day. A request has one insert with a row for each day of each partition that
-- had any by then, so that what is left to do can be told without the ledger; done replaces it once it is carried out.
CREATE TABLE IF NOT EXISTS ${database}.reattributions ${on_cluster} (
  id UUID,
  stream LowCardinality(String),
  partition UInt16,
  begins DateTime('UTC'),
  ends DateTime('UTC'),
  done Bool,
  compared UInt64,
  corrected UInt64,
  at DateTime64(6, 'UTC') DEFAULT now64(6)
)
ENGINE = ${replicated}ReplacingMergeTree(done)
ORDER BY (stream, partition, id, begins)
SETTINGS ${durability}, auto_statistics_types = '';
