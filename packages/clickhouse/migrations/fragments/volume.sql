-- `alert_volume` for a FROM, from `lookback` days before on.
(
WITH
  ${snapshot target=rollup_hours seconds=3600 lookback=${lookback}}
SELECT hour,
  alert_code, device_kind, manufacturer, model, firmware, region, supplier, gas_supplier, network_operator,
  responsible_party, suppression, reason, remedy, remedy_reason, acting_party,
  alerts, messages, finalizeAggregation(built.devices) AS devices, built.devices AS devices_state
FROM ${database}.rollup_hours AS built
WHERE (hour, version) IN (SELECT one.1, one.2 FROM (SELECT arrayJoin(versions) AS one))
UNION ALL
SELECT toStartOfHour(received_at) AS hour,
  alert_code, device_kind, manufacturer, model, firmware, region, supplier, gas_supplier, network_operator,
  responsible_party, suppression, reason, remedy, remedy_reason, acting_party,
  sum(raw.alerts) AS alerts, count() AS messages, uniq(device) AS devices, uniqState(device) AS devices_state
FROM ${raw} AS raw
GROUP BY hour,
  alert_code, device_kind, manufacturer, model, firmware, region, supplier, gas_supplier, network_operator,
  responsible_party, suppression, reason, remedy, remedy_reason, acting_party
)
