-- Load by minute, for peaks and capacity; built by the hour, in versions as rollup_hours.
CREATE TABLE IF NOT EXISTS ${database}.load_minutes ${on_cluster} (
  version UUID,
  hour DateTime('UTC'),
  minute DateTime('UTC'),
  region LowCardinality(String),
  device_kind LowCardinality(String),
  responsible_party LowCardinality(String),
  alerts UInt64,
  messages UInt64
)
ENGINE = ${replicated}MergeTree
PARTITION BY toYYYYMM(hour)
ORDER BY (hour, version, region, device_kind, responsible_party, minute)
SETTINGS ${durability}, auto_statistics_types = '';

-- What each device raised on a day (its beginning), by received_at; built by the day, in versions as rollup_hours.
-- The device's attributes are those of its last alert of the code on that day.
CREATE TABLE IF NOT EXISTS ${database}.device_days ${on_cluster} (
  version UUID,
  day DateTime('UTC'),
  device FixedString(16),
  alert_code LowCardinality(String),
  device_kind LowCardinality(String),
  manufacturer LowCardinality(String),
  model LowCardinality(String),
  firmware LowCardinality(String),
  region LowCardinality(String),
  alerts UInt64,
  messages UInt64,
  first_at DateTime64(3, 'UTC'),
  last_at DateTime64(3, 'UTC')
)
ENGINE = ${replicated}MergeTree
PARTITION BY toYYYYMM(day)
ORDER BY (day, version, alert_code, device)
SETTINGS ${durability}, auto_statistics_types = '';
