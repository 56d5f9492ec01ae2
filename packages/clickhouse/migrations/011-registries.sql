-- The registries as the services read them, for questions that join them: one set of rows for each version of the files.
-- A version is there once it stands in registry_versions; the newest holds. Times that have always been, or go on, are
-- null; regions that are empty are all.
CREATE TABLE IF NOT EXISTS ${database}.registry_versions ${on_cluster} (
  version String,
  at DateTime64(6, 'UTC') DEFAULT now64(6)
)
ENGINE = ${replicated}MergeTree
ORDER BY at
SETTINGS ${durability}, auto_statistics_types = '';

-- A row for each role of a party. dcc_user: while it is a DCC User in the role.
CREATE TABLE IF NOT EXISTS ${database}.parties ${on_cluster} (
  version String,
  party LowCardinality(String),
  name String,
  role LowCardinality(String),
  kind LowCardinality(String),
  regions Array(LowCardinality(String)),
  eui64s Array(String),
  valid_from Nullable(DateTime64(3, 'UTC')),
  valid_to Nullable(DateTime64(3, 'UTC')),
  dcc_user Array(Tuple(valid_from Nullable(DateTime64(3, 'UTC')), valid_to Nullable(DateTime64(3, 'UTC'))))
)
ENGINE = ${replicated}MergeTree
ORDER BY (version, party, role)
SETTINGS ${durability}, auto_statistics_types = '';

-- A row for each state of a lever, from when on it holds. kind: service-request or firmware; firmware: its version.
CREATE TABLE IF NOT EXISTS ${database}.levers ${on_cluster} (
  version String,
  lever LowCardinality(String),
  kind LowCardinality(String),
  name String,
  codes Array(LowCardinality(String)),
  device_kinds Array(LowCardinality(String)),
  roles Array(LowCardinality(String)),
  manufacturer LowCardinality(String),
  model LowCardinality(String),
  firmware LowCardinality(String),
  regions Array(LowCardinality(String)),
  acting_party LowCardinality(String),
  holds_from DateTime64(3, 'UTC'),
  state LowCardinality(String),
  reason String
)
ENGINE = ${replicated}MergeTree
ORDER BY (version, lever, holds_from)
SETTINGS ${durability}, auto_statistics_types = '';

CREATE TABLE IF NOT EXISTS ${database}.rollouts ${on_cluster} (
  version String,
  rollout LowCardinality(String),
  name String,
  lever LowCardinality(String),
  begins DateTime64(3, 'UTC'),
  ends Nullable(DateTime64(3, 'UTC')),
  pauses Array(Tuple(begins DateTime64(3, 'UTC'), ends Nullable(DateTime64(3, 'UTC')), reason String)),
  source String
)
ENGINE = ${replicated}MergeTree
ORDER BY (version, rollout)
SETTINGS ${durability}, auto_statistics_types = '';

-- A row for each capacity of a component, in its unit, from when on it holds.
CREATE TABLE IF NOT EXISTS ${database}.components ${on_cluster} (
  version String,
  component LowCardinality(String),
  name String,
  regions Array(LowCardinality(String)),
  unit LowCardinality(String),
  holds_from DateTime64(3, 'UTC'),
  capacity Float64,
  source String
)
ENGINE = ${replicated}MergeTree
ORDER BY (version, component, holds_from)
SETTINGS ${durability}, auto_statistics_types = '';

-- Every code of the catalogue, and those outside it that the registry tells of, whose name is empty. plain: in words that
-- need no glossary, empty where nobody has written any. smets1: the counterpart on SMETS1 devices, empty: not known.
CREATE TABLE IF NOT EXISTS ${database}.codes ${on_cluster} (
  version String,
  alert_code LowCardinality(String),
  name String,
  plain String,
  safety Bool,
  criticality LowCardinality(String),
  always_on LowCardinality(String),
  mistaken_for String,
  smets1 String,
  source String
)
ENGINE = ${replicated}MergeTree
ORDER BY (version, alert_code)
SETTINGS ${durability}, auto_statistics_types = '';
