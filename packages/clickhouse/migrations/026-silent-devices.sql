-- The end of the last hour before `to` in which anything was accepted: later than that nothing can be told. Null where
-- nothing was.
CREATE OR REPLACE VIEW ${database}.feed_end ${on_cluster} AS
SELECT least({to:DateTime('UTC')}, maxOrNull(hour) + 3600) AS ends
FROM ${database}.blocks
WHERE hour_accepted > 0 AND hour < {to:DateTime('UTC')};

-- The devices of a model that a firmware is for, each with the time from which a silence counts (since). activated_at:
-- when it activated the firmware between `from` and `to`, null for those that did not, the control. since: that, or of
-- the control a noon of one of the days on which others were activated, drawn by its id as often as there were such, so
-- that both are followed alike. left_at: when it went away or took other firmware after that, at most `to`.
-- before_from, before_to: the 28 days (UTC) before the day of `since`, without those up to the first week after its
-- installation, whose alerts are the installation's. Of a hub's two devices the CHF stands for both; regions: all where
-- there are none. The activated are the party's own, of all parties where it is empty; the control is everyone's.
CREATE OR REPLACE VIEW ${database}.firmware_devices ${on_cluster} AS
WITH (
  SELECT (groupArray(day), arrayCumSum(groupArray(devices)))
  FROM (
    SELECT toStartOfDay(at) AS day, count() AS devices
    FROM (
      SELECT min(effective_at) AS at
      FROM ${database}.device_history
      WHERE event != 'installed' AND device_history.firmware = {version:String}
        AND effective_at >= {from:DateTime('UTC')} AND effective_at < {to:DateTime('UTC')}
      GROUP BY device
    )
    GROUP BY day
    ORDER BY day
  )
) AS days
SELECT device, kind, region, hub, supplier, activated_at,
  ifNull(activated_at, toDateTime64(
    days.1[arrayFirstIndex(so_far -> so_far > cityHash64(device) % greatest(1, days.2[-1]), days.2)] + 43200, 3, 'UTC')) AS since,
  arrayMin(arrayFilter(at -> at > since, arrayConcat(
    [toDateTime64({to:DateTime('UTC')}, 3, 'UTC'), ifNull(decommissioned_at, toDateTime64({to:DateTime('UTC')}, 3, 'UTC'))], others))) AS left_at,
  toStartOfDay(since) AS before_to,
  greatest(before_to - INTERVAL 28 DAY, ifNull(toStartOfDay(installed_at) + INTERVAL 8 DAY, before_to - INTERVAL 28 DAY)) AS before_from,
  before_from + toIntervalDay(intDiv(dateDiff('day', before_from, before_to), 2)) AS half_at
FROM (
  SELECT device,
    ifNull(argMax(history.kind, told), '') AS kind,
    ifNull(argMax(history.region, told), '') AS region,
    if(kind = 'CHF', device, ifNull(argMax(history.hub, told), toFixedString('0000000000000000', 16))) AS hub,
    ifNull(argMax(history.supplier, told), ifNull(argMax(history.gas_supplier, told), '')) AS supplier,
    minOrNullIf(effective_at, event = 'installed') AS installed_at,
    maxOrNullIf(effective_at, event = 'decommissioned') AS decommissioned_at,
    minOrNullIf(effective_at, event != 'installed' AND history.firmware = {version:String} AND effective_at >= {from:DateTime('UTC')}) AS activated_at,
    groupArrayIf(effective_at, event != 'installed' AND history.firmware != {version:String}) AS others
  FROM (SELECT *, (effective_at, stream, partition, offset) AS told FROM ${database}.device_history) AS history
  WHERE effective_at < {to:DateTime('UTC')} AND device IN (
    SELECT device
    FROM ${database}.device_history
    WHERE device_history.manufacturer = {manufacturer:String} AND device_history.model = {model:String}
  )
  GROUP BY device
)
WHERE kind != 'GPF' AND notEmpty(days.1) AND (empty({regions:Array(String)}) OR has({regions:Array(String)}, region))
  AND before_from < before_to AND since < {to:DateTime('UTC')} AND ifNull(decommissioned_at > since, true)
  AND (activated_at IS NULL OR {party:String} = '' OR device IN (
    SELECT device
    FROM ${database}.party_devices(at = {to:DateTime('UTC')}, party = {party:String})
    WHERE {party:String} != ''
  ));

-- What was heard of each of these devices, and of all on its HAN where it is a hub. earlier, later: messages in the two
-- halves of before_from to before_to, of codes that neither the firmware mends (codes) nor anyone has switched off on the
-- device; last_heard_at: of any code, before left_at, null: not at all. until: left_at, or when any of them was last heard
-- of in its region: what is not told of a whole region is no silence of a device. earlier_days, later_days, followed_days
-- (since to until), silent_days (at the end of these) and quiet_days (at the end of those up to `since`) are without the
-- hours of feed_gaps. supplier: of a hub, one of an electricity meter on its HAN; a party is told of none but itself, and of
-- a meter's hub where it supplies the meter.
-- What each device raised is looked up with as few columns as will do: it is what takes time.
CREATE OR REPLACE VIEW ${database}.silence_heard ${on_cluster} AS
WITH (begins, ends, hours) -> greatest(0, dateDiff('second', begins, ends)
  - arraySum(hour -> greatest(0, dateDiff('second', greatest(begins, hour), least(ends, hour + 3600))), hours)) / 86400 AS days_told
SELECT device, kind, region, if(told OR kind = 'CHF', hub, '') AS hub, if(told, any_supplier, '') AS supplier,
  activated_at, since, until, earlier, later,
  if(toUnixTimestamp(heard_at) = 0, NULL, heard_at) AS last_heard_at,
  days_told(before_from, half_at, hours) AS earlier_days,
  days_told(half_at, before_to, hours) AS later_days,
  days_told(since, until, hours) AS followed_days,
  days_told(greatest(since, heard_at), until, hours) AS silent_days,
  days_told(greatest(before_from, heard_at), since, hours) AS quiet_days
FROM (
  SELECT unit.device AS device, kind, region, unit.hub AS hub, activated_at, since, before_from, half_at, before_to,
    heard.earlier AS earlier, heard.later AS later, heard.heard_at AS heard_at,
    if(unit.supplier != '', unit.supplier, han.supplier) AS any_supplier, any_supplier = {party:String} OR {party:String} = '' AS told,
    least(left_at, max(heard_at) OVER (PARTITION BY region)) AS until,
    arrayMap(gap -> gap.2, arrayFilter(gap -> gap.1 = region, (
      SELECT groupArray((region, hour))
      FROM ${gaps before=29 lookback=58}
    ))) AS hours
  FROM ${database}.firmware_devices(version = {version:String}, manufacturer = {manufacturer:String},
      model = {model:String}, regions = {regions:Array(String)}, from = {from:DateTime('UTC')}, to = {to:DateTime('UTC')},
      party = {party:String}) AS unit
  LEFT JOIN (
    SELECT member.unit AS unit,
      sumIf(messages, day >= before_from AND day < half_at AND spoke) AS earlier,
      sumIf(messages, day >= half_at AND day < before_to AND spoke) AS later,
      max(multiIf(last_at < left_at, last_at, first_at < left_at, first_at, toDateTime64(0, 3, 'UTC'))) AS heard_at
    FROM (
      SELECT day, device, messages, first_at, last_at,
        NOT has({codes:Array(String)}, alert_code) AND (device, alert_code) NOT IN (
          SELECT device, code FROM ${database}.alert_behaviour WHERE setting = 'off') AS spoke
      FROM ${database}.devices_by_day(
        from = toDateTime(greatest(0, toInt64(toUnixTimestamp(toStartOfDay({from:DateTime('UTC')}))) - 28 * 86400), 'UTC'),
        to = {to:DateTime('UTC')})
    ) AS raised
    INNER JOIN (
      SELECT on_han.device AS device, unit.device AS unit, before_from, half_at, before_to, left_at
      FROM (
        SELECT device, arrayJoin(arrayDistinct([device, hub])) AS unit FROM ${database}.devices_at(at = {to:DateTime('UTC')})
      ) AS on_han
      INNER JOIN ${database}.firmware_devices(version = {version:String}, manufacturer = {manufacturer:String},
      model = {model:String}, regions = {regions:Array(String)}, from = {from:DateTime('UTC')}, to = {to:DateTime('UTC')},
      party = {party:String}) AS unit ON unit.device = on_han.unit
    ) AS member ON member.device = raised.device
    GROUP BY unit
  ) AS heard ON heard.unit = unit.device
  LEFT JOIN (
    SELECT hub, max(supplier) AS supplier FROM ${database}.devices_at(at = {to:DateTime('UTC')}) WHERE kind = 'ESME' GROUP BY hub
  ) AS han ON han.hub = unit.device
)
SETTINGS join_use_nulls = 0;

-- These devices, judged. probability: that of one which sent `messages` in `before_days` there is nothing at all for the
-- silent days, if nothing has happened to it: (1 + silent / before) ^ -(messages / dispersion), as in
-- packages/report/src/statistics/silence.ts. dispersion: how much more than independent messages those of devices that
-- speak about as often vary between the two halves (weighted as their lengths go), of all such devices together where
-- they are fewer than 50. spoke_before: it was not silent before `since` already, by 1 in 1,000. threshold: Benjamini and
-- Hochberg's (1995) over all activated devices that were not: as many of them as are called silent times `false_share` are
-- expected to be so by chance at most; the control is held to the same. silent: it fell so within 14 days. tellable:
-- silence from `since` on would have been called; the share of silent ones is of these.
CREATE OR REPLACE VIEW ${database}.silent_devices ${on_cluster} AS
WITH maxIf(place, activated AND spoke_before AND probability <= {false_share:Float64} * place / devices) OVER () AS called
SELECT device, kind, region, hub, supplier, activated, activated_at, since, last_heard_at, messages, before_days,
  followed_days, silent_days, dispersion, probability, spoke_before,
  {false_share:Float64} * greatest(1, called) / greatest(1, devices) AS threshold,
  toBool(spoke_before AND pow(1 + followed_days / before_days, -messages / dispersion) <= threshold) AS tellable,
  toBool(tellable AND probability <= threshold AND ifNull(last_heard_at < since + INTERVAL 14 DAY, false)) AS silent
FROM (
  SELECT *, pow(1 + silent_days / before_days, -messages / dispersion) AS probability,
    pow(1 + quiet_days / before_days, -messages / dispersion) >= 0.001 AS spoke_before,
    row_number() OVER (PARTITION BY activated, spoke_before ORDER BY probability) AS place,
    sum(activated AND spoke_before) OVER () AS devices
  FROM (
    SELECT *, toBool(activated_at IS NOT NULL) AS activated, earlier + later AS messages, earlier_days + later_days AS before_days,
      if(earlier_days > 0 AND later_days > 0,
        pow(earlier * later_days - later * earlier_days, 2) / (earlier_days * later_days), 0) AS unevenness,
      toUInt8(log2(1 + messages)) AS band,
      greatest(1, if(count() OVER (PARTITION BY band) >= 50,
        sum(unevenness) OVER (PARTITION BY band) / sum(messages) OVER (PARTITION BY band),
        sum(unevenness) OVER () / sum(messages) OVER ())) AS dispersion
    FROM ${database}.silence_heard(version = {version:String}, manufacturer = {manufacturer:String}, model = {model:String},
      regions = {regions:Array(String)}, codes = {codes:Array(String)}, from = {from:DateTime('UTC')},
      to = {to:DateTime('UTC')}, party = {party:String})
    WHERE earlier_days + later_days > 0
  )
);
