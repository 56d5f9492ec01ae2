-- A party's own devices, all where it is empty, that failed to download or activate a firmware before `to` and have not
-- succeeded since: neither activated any nor, where the download had failed, downloaded it. phase, reason, version: of the
-- last failure, by the inventory where it told of the same one within a day of the device. han: because of the HAN, by that
-- reason or by the HAN's state. firmware: that it runs by then. supplier: of electricity, else of gas; a party is told of
-- none but itself. Devices that went away are left out.
CREATE OR REPLACE VIEW ${database}.upgrade_blocked ${on_cluster} AS
SELECT device, kind, if({party:String} IN ('', by), by, '') AS supplier, region, manufacturer, model,
  firmware, told.4 AS version, told.3 AS phase, told.5 AS reason, last.1 AS failed_at, han_state,
  toBool(reason = 'han-unstable' OR han_state = 'unstable') AS han
FROM (
  SELECT device, kind, if(own.supplier != '', own.supplier, own.gas_supplier) AS by, region, manufacturer, model, firmware,
    han_state
  FROM ${database}.party_devices(at = {to:DateTime('UTC')}, party = {party:String}) AS own
  WHERE decommissioned_at IS NULL
) AS one
INNER JOIN (
  SELECT device,
    arraySort(groupArray((effective_at, outcome, phase, version, reason, source = 'inventory'))) AS attempts,
    arrayLast(attempt -> attempt.2 = 'failed', attempts) AS last,
    arrayLast(attempt -> attempt.2 = 'failed' AND attempt.6 AND attempt.1 >= last.1 - INTERVAL 1 DAY, attempts) AS by_inventory,
    if(by_inventory.6, by_inventory, last) AS told
  FROM ${database}.firmware_attempts
  WHERE effective_at < {to:DateTime('UTC')}
  GROUP BY device
  HAVING last.2 = 'failed' AND NOT arrayExists(attempt -> attempt.1 > last.1 AND (attempt.2 = 'activated'
    OR attempt.2 = 'downloaded' AND last.3 = 'download' AND attempt.4 IN ('', told.4)), attempts)
) AS attempt USING (device);

-- Alerts and messages of `codes` on the UTC days that begin in [from, to), of the same party's devices (all where it is
-- empty, unknown ones too): of those that were blocked by the end, by what failed on them, and of all others (version
-- empty), with the devices that raised them.
CREATE OR REPLACE VIEW ${database}.upgrade_blocked_volume ${on_cluster} AS
SELECT blocked.manufacturer AS manufacturer, blocked.model AS model, blocked.version AS version, blocked.han AS han,
  toBool(blocked.device != toFixedString('', 16)) AS blocked, sum(raised.alerts) AS alerts, count() AS devices
FROM (
  SELECT device, sum(by_day.alerts) AS alerts
  FROM ${database}.devices_by_day(from = {from:DateTime('UTC')}, to = {to:DateTime('UTC')}) AS by_day
  WHERE alert_code IN {codes:Array(String)} AND ({party:String} = '' OR device IN (
    SELECT device
    FROM ${database}.party_devices(at = {to:DateTime('UTC')}, party = {party:String})
    WHERE {party:String} != ''
  ))
  GROUP BY device
) AS raised
LEFT JOIN ${database}.upgrade_blocked(to = {to:DateTime('UTC')}, party = {party:String}) AS blocked ON blocked.device = raised.device
GROUP BY manufacturer, model, version, han, blocked
SETTINGS join_use_nulls = 0;

-- What hubs' HANs raised of `codes` on devices of a model before and after a firmware was activated there (upgraded) and on
-- those that it was not, as sums over hubs of their alerts in the `days` that were told of both a fortnight before and
-- after: a day counts with that 15 days before it, so that both sides of the day of activation have the same weekdays; of
-- a region whose feed had a gap on either neither counts. Of devices that were there a week at least on both sides. The
-- control's days are those of `firmware_devices`.
CREATE OR REPLACE VIEW ${database}.upgrade_effect ${on_cluster} AS
WITH (
  SELECT (groupArray(region), groupArray(days))
  FROM (
    SELECT region, groupUniqArray(toStartOfDay(hour)) AS days
    FROM ${gaps before=15 lookback=44}
    GROUP BY region
  )
) AS missed
SELECT upgraded, count() AS devices, sum(before) AS before_sum, sum(after) AS after_sum,
  sum(before * before) AS before_squares, sum(before * after) AS products, sum(after * after) AS after_squares
FROM (
  SELECT unit.hub AS hub, unit.upgraded AS upgraded,
    sumIf(raised.alerts, has(unit.days, raised.day)) AS after,
    sumIf(raised.alerts, has(unit.days, raised.day + 15 * 86400)) AS before
  FROM (
    SELECT day, device, alerts
    FROM ${database}.devices_by_day(
      from = toDateTime(greatest(0, toInt64(toUnixTimestamp({from:DateTime('UTC')})) - 15 * 86400), 'UTC'),
      to = {to:DateTime('UTC')})
    WHERE alert_code IN {codes:Array(String)}
  ) AS raised
  INNER JOIN (
    SELECT device, if(hub = '0000000000000000', device, hub) AS hub,
      toBool(activated_at IS NOT NULL) AS upgraded, missed.2[indexOf(missed.1, region)] AS gaps,
      arrayFilter(day -> day + 86400 <= left_at AND day - 15 * 86400 >= before_from AND NOT has(gaps, day) AND NOT has(gaps, day - 15 * 86400),
        arrayMap(i -> before_to + 86400 * i, range(1, 15))) AS days
    FROM ${database}.firmware_devices(version = {version:String}, manufacturer = {manufacturer:String}, model = {model:String},
      regions = {regions:Array(String)}, from = {from:DateTime('UTC')}, to = {to:DateTime('UTC')}, party = '')
    WHERE length(days) >= 7
  ) AS unit ON unit.device = raised.device
  GROUP BY hub, upgraded
)
GROUP BY upgraded;
