-- When devices took a treatment up, before `to`, and what else could move their alerts: a firmware (`version` of
-- `manufacturer` and `model`), or, where `code` is not empty, the switching off of an alert code by 6.22, whatever the model.
-- activated: the first time, a device that was installed with the version then; '2149-06-06' is never. since, until:
-- days of installation and of going away. changed: days on which its firmware, or the code's behaviour, changed otherwise.
-- own: it is the party's, all are where that is empty. One row for each device of the inventory, so that HANs are whole:
-- target says which are of the model (or, of a code, of the kinds that have alert behaviour). For a FROM.
(
SELECT device, kind, if(kind = 'CHF' OR last_hub IN ('', '0000000000000000'), device, last_hub) AS hub, region, supplier, made_by, of_model,
  if({code:String} = '', made_by = {manufacturer:String} AND of_model = {model:String}, kind IN ('ESME', 'GSME')) AS target,
  ifNull(toDate(treated_at), toDate(65535)) AS activated,
  ifNull(toDate(installed_at), toDate(0)) AS since, ifNull(toDate(decommissioned_at), toDate(65535)) AS until,
  arrayFilter(day -> day != activated, changes) AS changed,
  {party:String} = '' OR device IN (
    SELECT device
    FROM ${database}.party_devices(at = {to:DateTime64(3, 'UTC')}, party = {party:String})
    WHERE {party:String} != ''
  ) AS own
FROM (
  SELECT device,
    ifNull(argMax(history.kind, told), '') AS kind,
    ifNull(argMax(history.manufacturer, told), '') AS made_by,
    ifNull(argMax(history.model, told), '') AS of_model,
    ifNull(argMax(history.region, told), '') AS region,
    ifNull(argMax(history.hub, told), toFixedString('', 16)) AS last_hub,
    ifNull(argMax(history.supplier, told), '') AS supplier,
    minOrNullIf(effective_at, event = 'installed') AS installed_at,
    minOrNullIf(effective_at, event = 'decommissioned') AS decommissioned_at,
    minOrNullIf(effective_at, if({code:String} = '', ifNull(history.firmware = {version:String}, false),
      event = 'alert-behaviour' AND history.code = {code:String} AND setting = 'off' AND via = '6.22')) AS treated_at,
    groupUniqArrayIf(toDate(effective_at), event = 'firmware-activated' AND source = 'inventory'
      OR event = 'alert-behaviour' AND {code:String} != '' AND history.code = {code:String}) AS changes
  FROM (
    SELECT *, bitShiftLeft(toInt128(toUnixTimestamp64Milli(effective_at)), 64) + offset AS told FROM ${database}.device_history
  ) AS history
  WHERE effective_at < {to:DateTime64(3, 'UTC')}
  GROUP BY device
)
)
