-- Devices installed, by London day of effective_at, in [from, to). A device that is told of again counts once a day.
CREATE OR REPLACE VIEW ${database}.installations ${on_cluster} AS
SELECT toDate(effective_at, 'Europe/London') AS day, ifNull(device_history.region, '') AS region,
  ifNull(device_history.kind, '') AS kind, uniqExact(device) AS devices
FROM ${database}.device_history
WHERE event = 'installed'
  AND effective_at >= toDateTime64({from:DateTime('UTC')}, 3, 'UTC')
  AND effective_at <= toDateTime64({to:DateTime('UTC')}, 3, 'UTC') - INTERVAL 1 MILLISECOND
GROUP BY day, region, kind;

-- What became of firmware on devices, as the inventory and the devices themselves tell (source): one row per event.
-- outcome: downloaded, activated, or failed in its phase for a reason.
CREATE OR REPLACE VIEW ${database}.firmware_attempts ${on_cluster} AS
SELECT device, source, effective_at, recorded_at, version,
  multiIf(event = 'firmware-downloaded', 'download', event = 'firmware-activated', 'activation', phase) AS phase,
  replaceOne(event, 'firmware-', '') AS outcome, reason
FROM ${database}.device_history
WHERE startsWith(event, 'firmware-');

-- Which codes are switched on or off on each device, by the last that was set (6.22) or read (6.2.10).
CREATE OR REPLACE VIEW ${database}.alert_behaviour ${on_cluster} AS
SELECT device, code, argMax(setting, (effective_at, stream, partition, offset)) AS setting,
  argMax(via, (effective_at, stream, partition, offset)) AS via, max(effective_at) AS since
FROM ${database}.device_history
WHERE event = 'alert-behaviour'
GROUP BY device, code;

-- Devices that tell of another firmware than the inventory has for the same time: what the device said, and the last
-- that the inventory says had been activated or installed by then.
CREATE OR REPLACE VIEW ${database}.inventory_conflicts ${on_cluster} AS
SELECT device.device AS device, device.effective_at AS effective_at, device.firmware AS device_firmware,
  inventory.firmware AS inventory_firmware
FROM (
  SELECT device, effective_at, assumeNotNull(device_history.firmware) AS firmware
  FROM ${database}.device_history
  WHERE source = 'device' AND device_history.firmware IS NOT NULL
) AS device
ASOF JOIN (
  SELECT device, effective_at, assumeNotNull(device_history.firmware) AS firmware
  FROM ${database}.device_history
  WHERE source = 'inventory' AND device_history.firmware IS NOT NULL
) AS inventory ON inventory.device = device.device AND inventory.effective_at <= device.effective_at
WHERE device.firmware != inventory.firmware;
