-- Codes that say that something began, and the code that says of the same thing that it is over, by their names in the
-- catalogue (packages/domain): power factor, and voltage of each threshold and phase.
CREATE OR REPLACE VIEW ${database}.alert_pairs ${on_cluster} AS
SELECT pair.1 AS raised, pair.2 AS cleared
FROM (SELECT arrayJoin([
  ('8014', '8015'),
  ('8002', '8085'), ('8003', '8086'), ('8004', '8087'), ('8005', '8088'),
  ('8006', '8089'), ('8007', '808A'), ('8008', '808B'), ('8009', '808C'),
  ('8020', '808D'), ('8021', '808E'), ('8022', '808F'), ('8023', '8090'),
  ('8024', '8091'), ('8025', '8092'), ('8026', '8093'), ('8027', '8094'),
  ('8028', '8095'), ('8029', '8096'), ('802A', '8097'), ('802B', '8098'),
  ('802C', '8099'), ('802D', '809A'), ('802E', '809B'), ('802F', '809C')
]) AS pair);

-- Raise and clear of each pair by device on the UTC days that begin in [from, to): raises and clears are alerts, cycles the
-- lesser of the two, which is how often it began and was over, as the two take turns by what they mean; it needs no single
-- alerts and holds for days whose raw rows are gone. days: on which it was raised. Of a party's devices, all where it is
-- empty, unknown ones too; a party is told of no other supplier.
CREATE OR REPLACE VIEW ${database}.chatter ${on_cluster} AS
SELECT counted.device AS device, raised, cleared, kind, model, region, if({party:String} IN ('', by), by, '') AS supplier,
  raises, clears, least(raises, clears) AS cycles, days
FROM (
  SELECT device, pair.1 AS raised, pair.2 AS cleared, sumIf(alerts, alert_code = raised) AS raises,
    sumIf(alerts, alert_code = cleared) AS clears, uniqExactIf(day, alert_code = raised) AS days
  FROM (
    SELECT day, device, alert_code, alerts,
      (SELECT groupArray((raised, cleared)) FROM ${database}.alert_pairs) AS pairs,
      arrayFirst(one -> alert_code IN (one.1, one.2), pairs) AS pair
    FROM ${database}.devices_by_day(from = {from:DateTime('UTC')}, to = {to:DateTime('UTC')})
    WHERE alert_code IN (SELECT arrayJoin([raised, cleared]) FROM ${database}.alert_pairs)
  )
  GROUP BY device, raised, cleared
  HAVING raises > 0
) AS counted
LEFT JOIN (
  SELECT device, kind, model, region, if(known.supplier != '', known.supplier, known.gas_supplier) AS by, true AS own
  FROM ${database}.party_devices(at = {to:DateTime('UTC')}, party = {party:String}) AS known
) AS known ON known.device = counted.device
WHERE {party:String} = '' OR known.own
SETTINGS join_use_nulls = 0;

-- The same of `devices` and one pair message by message, in the order in which the network received them, as far as raw
-- rows are kept: cycles_seen counts a raise whose next message is the clear, minutes is the median from one to the other,
-- again how many raises came within ten minutes of the clear before. A message may stand for several alerts, so that
-- cycles_seen is at most the cycles. suppression, remedy, responsible_party: of the last message.
CREATE OR REPLACE VIEW ${database}.chatter_in_order ${on_cluster} AS
SELECT device, countIf(is_clear AND was_raise) AS cycles_seen,
  quantileExactIf(0.5)(seconds, is_clear AND was_raise) / 60 AS minutes, countIf(NOT is_clear AND NOT was_raise AND seconds <= 600) AS again,
  argMax(suppression, received_at) AS suppression, argMax(remedy, received_at) AS remedy,
  argMax(responsible_party, received_at) AS responsible_party
FROM (
  SELECT device, received_at, suppression, remedy, responsible_party, alert_code = {cleared:String} AS is_clear,
    lagInFrame(alert_code, 1, '') OVER turns = {raised:String} AS was_raise,
    dateDiff('second', lagInFrame(received_at, 1, toDateTime64(0, 3, 'UTC')) OVER turns, received_at) AS seconds
  FROM ${database}.raw_alerts(target = '', seconds = 3600, from = {from:DateTime('UTC')}, to = {to:DateTime('UTC')})
  WHERE alert_code IN ({raised:String}, {cleared:String}) AND device IN {devices:Array(String)}
  WINDOW turns AS (PARTITION BY device ORDER BY received_at, stream, partition, offset)
)
GROUP BY device;

-- Each HAN with a device of the party's (of all where it is empty), by what its users need of it, in [from, to) and as it
-- is at the end; packages/answers/src/han-stability/DEFINITION.md has the words. reported: the inventory says that it is
-- unstable; blocked: a device can't take firmware because of the HAN; rejoining: a device joined it on two days or more,
-- later than the week after its installation: each by the party's devices alone. silent: nothing came of any device on it on
-- the last seven days that the feed told of, looking back 28 from when its region was last heard of, where by the days on
-- which it was heard before that is less likely than 1 in 100. state: unstable by any of these; stable where it was heard
-- and firmware was activated on it, or the inventory says so; else unknown. model: the hub's; meter: the electricity
-- meter's, and supplier as far as they are the party's.
CREATE OR REPLACE VIEW ${database}.han_stability ${on_cluster} AS
WITH
  (
    SELECT (groupArray(region), groupArray(hours))
    FROM (
      SELECT region, groupArray(hour) AS hours
      FROM ${database}.feed_gaps(
        from = toDateTime(greatest(0, toInt64(toUnixTimestamp({to:DateTime('UTC')})) - 28 * 86400), 'UTC'),
        to = {to:DateTime('UTC')})
      GROUP BY region
    )
  ) AS missed
SELECT hub, region, model, meter, supplier, reported, blocked, silent, rejoining,
  multiIf(reported OR blocked OR silent OR rejoining, 'unstable', heard_days > 0 AND (taken OR said_stable), 'stable', 'unknown') AS state
FROM (
  SELECT hub, any(on_han.region) AS region, maxIf(on_han.model, kind = 'CHF' AND (own OR {party:String} = '')) AS model,
    maxIf(on_han.model, kind = 'ESME' AND own) AS meter,
    maxIf(on_han.supplier, kind = 'ESME' AND own AND {party:String} IN ('', on_han.supplier)) AS supplier,
    toBool(max(own AND han_state = 'unstable')) AS reported, toBool(max(own AND blocked.device = on_han.device)) AS blocked,
    max(own AND han_state = 'stable') AS said_stable, max(own AND took) AS taken,
    toBool(max(own AND length(arrayFilter(day -> isNull(installed_at) OR day > toDate(installed_at) + 7,
      arrayDistinct(arrayConcat(heard.join_days, told.join_days)))) >= 2)) AS rejoining,
    length(groupUniqArrayArray(heard.days)) AS heard_days, max(heard.last_at) AS heard_at,
    max(heard_at) OVER (PARTITION BY region) AS until,
    greatest(heard_at, until - INTERVAL 28 DAY) AS quiet_from,
    (dateDiff('second', quiet_from, until) - 3600 * arrayCount(hour -> hour >= quiet_from AND hour < until, missed.2[indexOf(missed.1, region)])) / 86400 AS quiet_days,
    dateDiff('second', greatest(toDateTime64({from:DateTime('UTC')}, 3, 'UTC'), ifNull(min(installed_at), toDateTime64(0, 3, 'UTC'))), heard_at) / 86400 AS days_before,
    toBool(heard_days > 0 AND quiet_days >= 7 AND pow(1 + quiet_days / greatest(1, days_before), -heard_days) < 0.01) AS silent
  FROM (
    SELECT device, kind, at_end.hub AS hub, at_end.region AS region, at_end.model AS model, at_end.supplier AS supplier, han_state, installed_at,
      {party:String} = '' OR device IN (
        SELECT device
        FROM ${database}.party_devices(at = {to:DateTime('UTC')}, party = {party:String})
        WHERE {party:String} != ''
      ) AS own
    FROM ${database}.devices_at(at = {to:DateTime('UTC')}) AS at_end
    WHERE decommissioned_at IS NULL AND at_end.hub != '0000000000000000'
  ) AS on_han
  LEFT JOIN (
    SELECT device, groupUniqArray(toDate(day)) AS days, max(by_day.last_at) AS last_at,
      groupUniqArrayIf(toDate(day), alert_code = '8183') AS join_days
    FROM ${database}.devices_by_day(from = {from:DateTime('UTC')}, to = {to:DateTime('UTC')}) AS by_day
    GROUP BY device
  ) AS heard ON heard.device = on_han.device
  LEFT JOIN (
    SELECT device FROM ${database}.upgrade_blocked(to = {to:DateTime('UTC')}, party = {party:String}) WHERE han
  ) AS blocked ON blocked.device = on_han.device
  LEFT JOIN (
    SELECT device, max(event = 'firmware-activated') AS took, groupUniqArrayIf(toDate(effective_at), event = 'joined') AS join_days
    FROM ${database}.device_history
    WHERE event IN ('firmware-activated', 'joined') AND effective_at >= {from:DateTime('UTC')} AND effective_at < {to:DateTime('UTC')}
    GROUP BY device
  ) AS told ON told.device = on_han.device
  GROUP BY hub
  HAVING max(own)
)
SETTINGS join_use_nulls = 0;
