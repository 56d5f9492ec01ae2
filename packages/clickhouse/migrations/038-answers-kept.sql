-- What takes longer to answer than a dashboard waits, as the builder last asked it of all devices: of question `question`
-- about `subject` the newest row holds. told: as the question declares it, in JSON. Rows go after a year.
CREATE TABLE IF NOT EXISTS ${database}.answers_kept ${on_cluster} (
  question LowCardinality(String),
  subject String,
  at DateTime64(3, 'UTC') DEFAULT now64(3),
  told String CODEC(ZSTD(3))
)
ENGINE = ${replicated}MergeTree
ORDER BY (question, subject, at)
TTL toDateTime(at) + INTERVAL 1 YEAR
SETTINGS ${deduplication}, ${durability}, auto_statistics_types = '';

-- What each rollout of the newest registry did to each code, as `rollout` told it at told_at; own: the rollout's own codes, the
-- others are side effects, whose p_adjusted is after the correction for many tests. Alerts a device (or HAN, by scope) and day
-- that the activation adds, avoided: alerts a day that all activated devices no longer raise, both with the bounds of their
-- 95% intervals; null where `refused` says why.
CREATE OR REPLACE VIEW ${database}.rollout_effects ${on_cluster} AS
SELECT rollout, told_at, name, state, effect.code AS alert_code, effect.scope AS scope, has(codes, effect.code) AS own,
  effect.estimate AS estimate, effect.low AS low, effect.high AS high, effect.pAdjusted AS p_adjusted,
  effect.avoidedPerDay.value AS avoided, effect.avoidedPerDay.low AS avoided_low, effect.avoidedPerDay.high AS avoided_high,
  effect.activated AS activated, effect.controls AS controls,
  ifNull(effect.warning, '') AS warning, ifNull(effect.refused, '') AS refused
FROM (
  SELECT rollout, told_at, JSONExtractString(told, 'name') AS name, JSONExtractString(told, 'state') AS state, codes,
    JSONExtract(told, 'effects', 'Array(Tuple(code String, scope String,
      estimate Nullable(Float64), low Nullable(Float64), high Nullable(Float64), pAdjusted Nullable(Float64),
      avoidedPerDay Tuple(value Nullable(Float64), low Nullable(Float64), high Nullable(Float64)),
      activated UInt64, controls UInt64, warning Nullable(String), refused Nullable(String)))') AS effects
  FROM ${rollout_told question=rollout}
)
ARRAY JOIN effects AS effect;

-- How many of the devices that each of these rollouts activated fell silent of every alert, of those whose silence could have been
-- told, and of the control, as `silent` told it at told_at; shares with the bounds of their 95% intervals, null of none.
CREATE OR REPLACE VIEW ${database}.rollout_silence ${on_cluster} AS
SELECT rollout, told_at, JSONExtractString(told, 'name') AS name, JSONExtractString(told, 'state') AS state,
  JSONExtractUInt(told, 'activated') AS activated, activated_rate.silent AS silent, activated_rate.of AS of,
  activated_rate.share AS share, activated_rate.low AS low, activated_rate.high AS high,
  control_rate.silent AS control_silent, control_rate.of AS control_of, control_rate.share AS control_share
FROM (
  SELECT *,
    JSONExtract(told, 'rate', 'activated', 'Tuple(silent UInt64, of UInt64, share Nullable(Float64), low Nullable(Float64), high Nullable(Float64))') AS activated_rate,
    JSONExtract(told, 'rate', 'control', 'Tuple(silent UInt64, of UInt64, share Nullable(Float64), low Nullable(Float64), high Nullable(Float64))') AS control_rate
  FROM ${rollout_told question=silent}
);
