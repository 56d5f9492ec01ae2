-- Manifests of exports that came to their end, as JSON, each for whoever made it (asker) alone: for thirty days, so that a file that was
-- carried off can still be held against its checksum.
CREATE TABLE IF NOT EXISTS ${database}.export_manifests ${on_cluster} (
  id UUID,
  asker String,
  made_at DateTime('UTC') DEFAULT now('UTC'),
  manifest String CODEC(ZSTD(3))
)
ENGINE = ${replicated}MergeTree
ORDER BY id
TTL made_at + INTERVAL 30 DAY
SETTINGS ${deduplication}, ${durability}, auto_statistics_types = '';
