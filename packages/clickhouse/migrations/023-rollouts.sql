-- A rollout of the newest registry, with the firmware that it brings and the states of it up to `to`, which a lever's are.
CREATE OR REPLACE VIEW ${database}.rollout_registered ${on_cluster} AS
SELECT rollout, any(one.name) AS name, any(one.begins) AS begins, any(one.ends) AS ends, any(one.pauses) AS pauses,
  any(lever.codes) AS codes, any(lever.manufacturer) AS manufacturer, any(lever.model) AS model,
  any(lever.firmware) AS firmware, any(lever.regions) AS regions, any(lever.acting_party) AS acting_party,
  arraySort(groupArrayIf((lever.holds_from, lever.state, lever.reason), lever.holds_from < {to:DateTime64(3, 'UTC')})) AS states
FROM ${database}.rollouts AS one
INNER JOIN ${database}.levers AS lever ON lever.version = one.version AND lever.lever = one.lever
WHERE one.version = (SELECT argMax(version, at) FROM ${database}.registry_versions)
GROUP BY rollout;

-- How far a firmware has reached a model's devices by the end of each UTC day, from its first activation before `to` to
-- the last: activated so far, of the devices that were there. A device that was installed with it counts as activated
-- then. party: of its own devices only; empty: of all.
CREATE OR REPLACE VIEW ${database}.rollout_adoption ${on_cluster} AS
SELECT day, activated, devices
FROM (
  SELECT day, sum(more_activated) OVER (ORDER BY day) AS activated, sum(more_devices) OVER (ORDER BY day) AS devices,
    minIf(day, more_activated > 0) OVER () AS first_day, maxIf(day, more_activated > 0) OVER () AS last_day
  FROM (
    SELECT step.1 AS day, sum(step.2) AS more_activated, sum(step.3) AS more_devices
    FROM (
      SELECT device,
        min(device_history.effective_at) AS there_at,
        minOrNullIf(device_history.effective_at, event = 'decommissioned') AS gone_at,
        minOrNullIf(device_history.effective_at, device_history.firmware = {version:String}) AS activated_at
      FROM ${database}.device_history
      WHERE device_history.effective_at < {to:DateTime64(3, 'UTC')}
        AND device IN (
          SELECT device
          FROM ${database}.device_history
          WHERE device_history.manufacturer = {manufacturer:String} AND device_history.model = {model:String}
        )
        AND ({party:String} = '' OR device IN (
          SELECT device
          FROM ${database}.party_devices(at = {to:DateTime64(3, 'UTC')}, party = {party:String})
          WHERE {party:String} != ''
        ))
      GROUP BY device
    )
    ARRAY JOIN arrayFilter(one -> one.1 IS NOT NULL,
      [(toDate(there_at)::Nullable(Date), 0, 1), (toDate(gone_at), 0, -1), (toDate(activated_at), 1, 0)]) AS step
    GROUP BY day
  )
)
WHERE day >= first_day AND day <= last_day
ORDER BY day WITH FILL INTERPOLATE (activated, devices);
