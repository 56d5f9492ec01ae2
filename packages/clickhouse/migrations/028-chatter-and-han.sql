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
