-- The truth about devices: one row per accepted message of `inventory` (source 'inventory') and per alert that tells of
-- firmware (source 'device'; stream, partition and offset are then those of `alerts`). Written once, never changed.
-- A row says what changed at effective_at: null is "unchanged", the empty text "none from now on". Where inventory and
-- device disagree both stand here. inserted_at: the server's clock, by which readers that follow the table look again.
-- version, phase, reason: of firmware events; code, setting, via: of alert behaviour, read or set; role, setting: of
-- credentials, whose column is the network operator's alone. All of them are empty elsewhere.
CREATE TABLE IF NOT EXISTS ${database}.device_history ${on_cluster} (
  stream LowCardinality(String),
  partition UInt16,
  offset UInt64,
  planned_at DateTime64(3, 'UTC'),
  inserted_at DateTime64(6, 'UTC') DEFAULT now64(6),
  recorded_at DateTime64(3, 'UTC'),
  effective_at DateTime64(3, 'UTC'),
  device FixedString(16),
  source Enum8('inventory' = 1, 'device' = 2),
  event LowCardinality(String),
  event_id String,
  kind LowCardinality(Nullable(String)),
  manufacturer LowCardinality(Nullable(String)),
  model LowCardinality(Nullable(String)),
  firmware LowCardinality(Nullable(String)),
  smets LowCardinality(Nullable(String)),
  cohort LowCardinality(Nullable(String)),
  region LowCardinality(Nullable(String)),
  hub Nullable(FixedString(16)),
  hub_release LowCardinality(Nullable(String)),
  supplier LowCardinality(Nullable(String)),
  gas_supplier LowCardinality(Nullable(String)),
  network_operator LowCardinality(Nullable(String)),
  han_state LowCardinality(Nullable(String)),
  credentials LowCardinality(Nullable(String)),
  version LowCardinality(String),
  phase LowCardinality(String),
  reason LowCardinality(String),
  code LowCardinality(String),
  setting LowCardinality(String),
  via LowCardinality(String),
  role LowCardinality(String),
  INDEX offset_range offset TYPE minmax GRANULARITY 1,
  INDEX inserted_range inserted_at TYPE minmax GRANULARITY 1
)
ENGINE = ${replicated}MergeTree
ORDER BY (device, effective_at, stream, partition, offset)
SETTINGS ${deduplication}, ${durability}, auto_statistics_types = '';
-- The ledger of the inventory's streams, as blocks is that of the alerts'; hour is the first of the month of effective_at.
CREATE TABLE IF NOT EXISTS ${database}.inventory_blocks ${on_cluster} (
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
  hour_accepted UInt32
)
ENGINE = ${replicated}MergeTree
ORDER BY (stream, partition, first_offset, hour)
SETTINGS ${deduplication}, ${durability}, auto_statistics_types = '';
