-- Volume of the hours in [from, to), exact at every moment: fresh hours from their build, all others from the raw
-- rows as corrected. alerts is the sum of N, messages counts messages, devices counts the distinct devices of the row.
-- alerts and messages add up; to count devices over several rows: uniqMerge(devices_state).
CREATE OR REPLACE VIEW ${database}.alert_volume ${on_cluster} AS
SELECT hour,
  alert_code, device_kind, manufacturer, model, firmware, region, supplier, gas_supplier, network_operator,
  responsible_party, suppression, reason, remedy, remedy_reason, acting_party,
  alerts, messages, finalizeAggregation(built.devices) AS devices, built.devices AS devices_state
FROM ${database}.rollup_hours AS built
WHERE (hour, version) IN (
  SELECT bucket, version
  FROM ${database}.bucket_versions(
    target = 'rollup_hours', seconds = 3600, from = {from:DateTime('UTC')}, to = {to:DateTime('UTC')})
  WHERE toUInt128(version) != 0
)
UNION ALL
SELECT toStartOfHour(received_at) AS hour,
  alert_code, device_kind, manufacturer, model, firmware, region, supplier, gas_supplier, network_operator,
  responsible_party, suppression, reason, remedy, remedy_reason, acting_party,
  sum(raw.alerts) AS alerts, count() AS messages, uniq(device) AS devices, uniqState(device) AS devices_state
FROM ${database}.raw_alerts(
  target = 'rollup_hours', seconds = 3600, from = {from:DateTime('UTC')}, to = {to:DateTime('UTC')}) AS raw
GROUP BY hour,
  alert_code, device_kind, manufacturer, model, firmware, region, supplier, gas_supplier, network_operator,
  responsible_party, suppression, reason, remedy, remedy_reason, acting_party;
