-- When a programme that moves devices onto the network was paused, as the registries have it; ends null: it still is.
CREATE TABLE IF NOT EXISTS ${database}.migration_pauses ${on_cluster} (
  version String,
  programme LowCardinality(String),
  name String,
  begins DateTime64(3, 'UTC'),
  ends Nullable(DateTime64(3, 'UTC')),
  reason String,
  source String
)
ENGINE = ${replicated}MergeTree
ORDER BY (version, programme, begins)
SETTINGS ${durability}, auto_statistics_types = '';
