-- The newest kept answer to `question` about each rollout of the newest registry, with the codes that it is to end. For a FROM.
(
SELECT subject AS rollout, argMax(kept.told, kept.at) AS told, max(kept.at) AS told_at, any(of_lever.codes) AS codes
FROM ${database}.answers_kept AS kept
INNER JOIN (
  SELECT toString(rollout) AS rollout, codes FROM ${database}.rollout_registered(to = toString(now64(3, 'UTC')))
) AS of_lever ON of_lever.rollout = kept.subject
WHERE question = '${question}'
GROUP BY subject
)
