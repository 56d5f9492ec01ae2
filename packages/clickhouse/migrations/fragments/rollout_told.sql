-- The newest kept answer to `question` about each rollout of the newest registry, with the codes that it is to end. For a FROM.
(
SELECT subject AS rollout, argMax(kept.told, kept.at) AS told, max(kept.at) AS told_at, any(of_lever.codes) AS codes
FROM ${database}.answers_kept AS kept
INNER JOIN (
  SELECT toString(one.rollout) AS rollout, lever.codes AS codes
  FROM ${database}.rollouts AS one
  INNER JOIN ${database}.levers AS lever ON lever.version = one.version AND lever.lever = one.lever
  WHERE one.version = (SELECT argMax(version, at) FROM ${database}.registry_versions)
) AS of_lever ON of_lever.rollout = kept.subject
WHERE question = '${question}'
GROUP BY subject
)
