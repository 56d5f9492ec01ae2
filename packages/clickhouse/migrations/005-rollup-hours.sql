-- Hours counted by dimension, in versions; which version holds is said by builds and the ledger (bucket_versions).
-- Hour and version lead the order, so that a set of fresh (hour, version) pairs is found by the index.
CREATE TABLE IF NOT EXISTS ${database}.rollup_hours ${on_cluster} (
  version UUID,
  hour DateTime('UTC'),
  alert_code LowCardinality(String),
  device_kind LowCardinality(String),
  manufacturer LowCardinality(String),
  model LowCardinality(String),
  firmware LowCardinality(String),
  region LowCardinality(String),
  supplier LowCardinality(String),
  gas_supplier LowCardinality(String),
  network_operator LowCardinality(String),
  responsible_party LowCardinality(String),
  suppression LowCardinality(String),
  reason LowCardinality(String),
  remedy LowCardinality(String),
  remedy_reason LowCardinality(String),
  acting_party LowCardinality(String),
  alerts UInt64,
  messages UInt64,
  devices AggregateFunction(uniq, FixedString(16))
)
ENGINE = ${replicated}MergeTree
PARTITION BY toYYYYMM(hour)
ORDER BY (
  hour, version, alert_code, device_kind, manufacturer, model, firmware, region, responsible_party, network_operator,
  supplier, gas_supplier, suppression, reason, remedy, remedy_reason, acting_party
)
SETTINGS ${durability}, auto_statistics_types = '';
