-- What the inventory says of each device, for questions that take the device as their unit. activated_at: the first
-- activation of `version` in [from, to), null without one; corrected_at: likewise the first time that its credentials
-- of `role` were put right. hub: that of a hub is itself.
CREATE OR REPLACE VIEW ${database}.report_devices ${on_cluster} AS
SELECT device, kind, manufacturer, model, if(kind = 'CHF', device, last_hub) AS hub, installed_at, decommissioned_at,
  activated_at, corrected_at
FROM (
  SELECT device,
    ifNull(argMax(device_history.kind, effective_at), '') AS kind,
    ifNull(argMax(device_history.manufacturer, effective_at), '') AS manufacturer,
    ifNull(argMax(device_history.model, effective_at), '') AS model,
    ifNull(argMaxIf(device_history.hub, effective_at, effective_at < {to:DateTime64(3, 'UTC')}), toFixedString('', 16)) AS last_hub,
    minOrNullIf(effective_at, event = 'installed') AS installed_at,
    minOrNullIf(effective_at, event = 'decommissioned') AS decommissioned_at,
    minOrNullIf(effective_at, event != 'installed' AND firmware = {version:String}
      AND effective_at >= {from:DateTime64(3, 'UTC')} AND effective_at < {to:DateTime64(3, 'UTC')}) AS activated_at,
    minOrNullIf(effective_at, event = 'credentials' AND role = {role:String} AND setting = 'correct'
      AND effective_at >= {from:DateTime64(3, 'UTC')} AND effective_at < {to:DateTime64(3, 'UTC')}) AS corrected_at
  FROM ${database}.device_history
  GROUP BY device
);

-- The rollout of a hubs' firmware as it was observed: hubs that activated `version` in [from, to), by London day.
CREATE OR REPLACE VIEW ${database}.report_activations ${on_cluster} AS
SELECT toDate(assumeNotNull(activated_at), 'Europe/London') AS day, count() AS hubs
FROM ${database}.report_devices(version = {version:String}, role = '', from = {from:DateTime64(3, 'UTC')}, to = {to:DateTime64(3, 'UTC')})
WHERE kind = 'CHF' AND activated_at IS NOT NULL
GROUP BY day;

-- The fall of hubs' alerts from [before_from, before_to) to [after_from, after_to) without the London days left out,
-- as sums over devices of their alerts before and after. owner: what came first between before_from and after_to, the
-- activation of `version` (firmware) or the credentials of `role` put right (users); neither; new: a hub that was not
-- there yet; unknown: no hub of the inventory. devices: those that raised the codes. What a device raised is never
-- corrected, so raw rows are the last word.
CREATE OR REPLACE VIEW ${database}.report_falls ${on_cluster} AS
SELECT owner, countIf(before + after > 0) AS devices, sum(before) AS before_sum, sum(after) AS after_sum,
  sum(before * before) AS before_squares, sum(before * after) AS products, sum(after * after) AS after_squares
FROM (
  SELECT device, sum(raised_before) AS before, sum(raised_after) AS after,
    multiIf(NOT max(known), 'unknown', min(installed) >= {before_from:DateTime64(3, 'UTC')}, 'new',
      min(activated) IS NULL AND min(corrected) IS NULL, 'neither',
      min(corrected) IS NULL OR min(activated) <= min(corrected), 'firmware', 'users') AS owner
  FROM (
    SELECT device, true AS known, installed_at AS installed, activated_at AS activated, corrected_at AS corrected,
      0 AS raised_before, 0 AS raised_after
    FROM ${database}.report_devices(version = {version:String}, role = {role:String},
      from = {before_from:DateTime64(3, 'UTC')}, to = {after_to:DateTime64(3, 'UTC')})
    WHERE kind = 'CHF'
    UNION ALL
    SELECT device, false, NULL, NULL, NULL,
      sumIf(alerts, received_at < {before_to:DateTime64(3, 'UTC')}),
      sumIf(alerts, received_at >= {after_from:DateTime64(3, 'UTC')})
    FROM ${database}.alerts
    WHERE alert_code IN {codes:Array(String)}
      AND (received_at >= {before_from:DateTime64(3, 'UTC')} AND received_at < {before_to:DateTime64(3, 'UTC')}
        OR received_at >= {after_from:DateTime64(3, 'UTC')} AND received_at < {after_to:DateTime64(3, 'UTC')})
      AND toDate(received_at, 'Europe/London') NOT IN {left_out:Array(Date)}
    GROUP BY device
  )
  GROUP BY device
)
GROUP BY owner;
