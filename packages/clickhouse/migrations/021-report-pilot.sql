-- Hubs of a model that were there by `from` and until `to`: those that activated `version` in between, by their London
-- day (the pilot), and all others (day null: the control). A hub that was installed or went away meanwhile is neither.
CREATE OR REPLACE VIEW ${database}.report_pilot_hubs ${on_cluster} AS
SELECT device, toDate(activated_at, 'Europe/London') AS day
FROM ${database}.report_devices(version = {version:String}, role = '', from = {from:DateTime64(3, 'UTC')}, to = {to:DateTime64(3, 'UTC')})
WHERE kind = 'CHF' AND manufacturer = {manufacturer:String} AND model = {model:String}
  AND ifNull(installed_at < {from:DateTime64(3, 'UTC')}, true)
  AND ifNull(decommissioned_at >= {to:DateTime64(3, 'UTC')}, true);

-- Per side the sum and the sum of squares of the hubs' changes: alerts of a London day times its weight, in billionths,
-- row 1 of the weights for the control, row i + 1 for hubs activated on the i-th of `days`; weights begin at `from`'s
-- day. Hubs that raised none of the codes add nothing; `without` leaves hubs out.
CREATE OR REPLACE VIEW ${database}.report_pilot_changes ${on_cluster} AS
SELECT side, sum(change) AS sum, sum(toInt256(change) * change) AS squares
FROM (
  SELECT alert.device AS device, any(if(hub.row = 1, 'control', 'pilot')) AS side,
    sum(toInt64(alert.alerts) * {weights:Array(Array(Int64))}[hub.row][
      toDate(alert.received_at, 'Europe/London') - toDate({from:DateTime64(3, 'UTC')}, 'Europe/London') + 1]) AS change
  FROM ${database}.alerts AS alert
  INNER JOIN (
    SELECT device, if(day IS NULL, 1, indexOf({days:Array(Date)}, assumeNotNull(day)) + 1) AS row
    FROM ${database}.report_pilot_hubs(version = {version:String}, manufacturer = {manufacturer:String}, model = {model:String},
      from = {from:DateTime64(3, 'UTC')}, to = {to:DateTime64(3, 'UTC')})
    WHERE (day IS NULL OR has({days:Array(Date)}, assumeNotNull(day))) AND NOT has({without:Array(String)}, device)
  ) AS hub ON hub.device = alert.device
  WHERE alert.alert_code IN {codes:Array(String)}
    AND alert.received_at >= {from:DateTime64(3, 'UTC')} AND alert.received_at < {to:DateTime64(3, 'UTC')}
  GROUP BY alert.device
)
GROUP BY side;

-- Hubs, each with its HAN, by how much they spoke before and for how long they have been silent. before: messages of
-- other codes than `codes` in the `length` days before the hub's activation day (of the control: `reference`), in two
-- halves; exposure, possible, silent: complete London days (`complete`) of that window, after the day, and after the
-- last message of any kind. quiet: the hubs with a silence of a day or more.
CREATE OR REPLACE VIEW ${database}.report_silence ${on_cluster} AS
SELECT side, earlier + later AS before, exposure, possible, silent, count() AS hubs,
  sum(toInt64(earlier - later) * (earlier - later)) AS squared_differences, groupArrayIf(hub, silent > 0) AS quiet
FROM (
  SELECT hub, any(day) AS since, any(activated) ? 'pilot' : 'control' AS side,
    toInt64(sum(first_half)) AS earlier, toInt64(sum(second_half)) AS later,
    length(arrayFilter(d -> d < since AND d >= since - {length:UInt16}, {complete:Array(Date)})) AS exposure,
    length(arrayFilter(d -> d > since, {complete:Array(Date)})) AS possible,
    length(arrayFilter(d -> d > greatest(since, max(last_day)), {complete:Array(Date)})) AS silent
  FROM (
    SELECT hub.device AS hub, ifNull(hub.day, {reference:Date}) AS day, hub.day IS NOT NULL AS activated,
      0 AS first_half, 0 AS second_half, toDate(0) AS last_day
    FROM ${database}.report_pilot_hubs(version = {version:String}, manufacturer = {manufacturer:String}, model = {model:String},
      from = {from:DateTime64(3, 'UTC')}, to = {to:DateTime64(3, 'UTC')}) AS hub
    UNION ALL
    SELECT member.hub, any(member.day) AS day, any(member.activated),
      countIf(spoke AND at >= member.day - {length:UInt16} AND at < member.day - intDiv({length:UInt16}, 2)),
      countIf(spoke AND at >= member.day - intDiv({length:UInt16}, 2) AND at < member.day),
      max(at)
    FROM (
      SELECT device, toDate(received_at, 'Europe/London') AS at,
        alert_code NOT IN {codes:Array(String)} AND has({complete:Array(Date)}, at) AS spoke
      FROM ${database}.alerts
      WHERE received_at >= {from:DateTime64(3, 'UTC')} AND received_at < {to:DateTime64(3, 'UTC')}
    ) AS alert
    INNER JOIN (
      SELECT device.device AS device, device.hub AS hub, ifNull(hub.day, {reference:Date}) AS day,
        hub.day IS NOT NULL AS activated
      FROM ${database}.report_devices(version = {version:String}, role = '', from = {from:DateTime64(3, 'UTC')},
        to = {to:DateTime64(3, 'UTC')}) AS device
      INNER JOIN ${database}.report_pilot_hubs(version = {version:String}, manufacturer = {manufacturer:String},
        model = {model:String}, from = {from:DateTime64(3, 'UTC')}, to = {to:DateTime64(3, 'UTC')}) AS hub
        ON hub.device = device.hub
    ) AS member ON member.device = alert.device
    GROUP BY member.hub
  )
  GROUP BY hub
)
GROUP BY side, before, exposure, possible, silent;
