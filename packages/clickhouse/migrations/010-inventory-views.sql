-- Devices installed, by London day of effective_at. A device that is told of again counts once a day.
CREATE OR REPLACE VIEW ${database}.installations ${on_cluster} AS
SELECT toDate(effective_at, 'Europe/London') AS day, ifNull(device_history.region, '') AS region,
  ifNull(device_history.kind, '') AS kind, uniqExact(device) AS devices
FROM ${database}.device_history
WHERE event = 'installed'
GROUP BY day, region, kind;

-- What became of firmware on devices, as the inventory and the devices themselves tell (source): one row per event.
-- outcome: downloaded, activated, or failed in its phase for a reason.
CREATE OR REPLACE VIEW ${database}.firmware_attempts ${on_cluster} AS
SELECT device, source, effective_at, recorded_at, version,
  multiIf(event = 'firmware-downloaded', 'download', event = 'firmware-activated', 'activation', phase) AS phase,
  replaceOne(event, 'firmware-', '') AS outcome, reason
FROM ${database}.device_history
WHERE event IN ('firmware-downloaded', 'firmware-activated', 'firmware-failed');

-- Which codes are switched on or off on each device, by the last that was set (6.22) or read (6.2.10).
CREATE OR REPLACE VIEW ${database}.alert_behaviour ${on_cluster} AS
SELECT device, code, argMax(setting, (effective_at, stream, partition, offset)) AS setting,
  argMax(via, (effective_at, stream, partition, offset)) AS via, max(effective_at) AS since
FROM ${database}.device_history
WHERE event = 'alert-behaviour'
GROUP BY device, code;

-- Where inventory and device disagree on firmware, one row per thing that the device said. about 'version': it runs
-- another than the inventory's last before then, compared part by part as numbers (a device tells four, 2.2.6.0 for
-- 2.02.6). about 'download' or 'activation': it succeeded for one and failed for the other, told of within a day of
-- each other.
CREATE OR REPLACE VIEW ${database}.inventory_conflicts ${on_cluster} AS
WITH told AS (
  SELECT source, device, effective_at, event, version, device_history.firmware AS runs,
    replaceOne(event, 'firmware-', '') AS outcome,
    multiIf(event = 'firmware-downloaded', 'download', event = 'firmware-activated', 'activation', phase) AS of
  FROM ${database}.device_history
  WHERE device_history.firmware IS NOT NULL
    OR event IN ('firmware-read', 'firmware-downloaded', 'firmware-activated', 'firmware-failed')
)
SELECT device, effective_at, 'version' AS about, version AS device_says, assumeNotNull(known.runs) AS inventory_says
FROM (SELECT device, effective_at, version FROM told WHERE source = 'device' AND event = 'firmware-read') AS heard
ASOF JOIN (SELECT device, effective_at, runs FROM told WHERE source = 'inventory' AND runs IS NOT NULL) AS known
  ON known.device = heard.device AND known.effective_at <= heard.effective_at
WHERE arrayResize(arrayMap(part -> toUInt32OrZero(part), splitByChar('.', device_says)), 6)
  != arrayResize(arrayMap(part -> toUInt32OrZero(part), splitByChar('.', inventory_says)), 6)
UNION ALL
SELECT device, heard.effective_at AS effective_at, heard.of AS about, any(heard.outcome) AS device_says,
  argMin(known.outcome, abs(dateDiff('millisecond', heard.effective_at, known.effective_at))) AS inventory_says
FROM (
  SELECT device, effective_at, of, outcome FROM told WHERE source = 'device' AND event != 'firmware-read'
) AS heard
INNER JOIN (
  SELECT device, effective_at, of, outcome
  FROM told
  WHERE source = 'inventory' AND event IN ('firmware-downloaded', 'firmware-activated', 'firmware-failed')
) AS known ON known.device = heard.device AND known.of = heard.of
WHERE abs(dateDiff('millisecond', heard.effective_at, known.effective_at)) <= 86400000
GROUP BY device, effective_at, about
HAVING device_says != inventory_says;
