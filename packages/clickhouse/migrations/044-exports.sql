-- The suppression report device by device, of a party's own devices (of all where it is empty), a row for each device and code that
-- it raised in [from, to) or that is switched off on it: availability, use, and what came all the same. Attributes are as of
-- `to`, of a device that isn't known empty. responsible_party: whom the code is for by record, or where that does not tell whom
-- the last alert was for; role: in which it is for them. available: in service, and they can switch the code off; obstacle:
-- else why not, 'not-on-record' where no record says whom it is for. off: it is switched off by what is known. suppressible,
-- already_off: of the alerts those that could be switched off as of them, and those that came although they were. As far as
-- raw rows are kept. To a party only what was raised while the device was its own, which a hub's is, and of other suppliers that
-- they are others.
CREATE OR REPLACE VIEW ${database}.suppression_devices ${on_cluster} AS
WITH
  (SELECT argMax(version, at) FROM ${database}.registry_versions) AS newest,
  ${switching_off},
  ${party_roles}
SELECT device, alert_code, kind, manufacturer, model, firmware, region,
  if({party:String} = '' OR rows.supplier IN ('', {party:String}), rows.supplier, 'other-supplier') AS supplier,
  if({party:String} = '' OR rows.gas_supplier IN ('', {party:String}), rows.gas_supplier, 'other-supplier') AS gas_supplier,
  network_operator,
  toLowCardinality(if({party:String} = '' OR party_asked IN ('', {party:String}) OR party_asked NOT IN (rows.supplier, rows.gas_supplier),
    party_asked, 'other-supplier')) AS responsible_party,
  toLowCardinality(role_asked) AS role,
  toBool(in_service AND configurable AND barred = '') AS available,
  toLowCardinality(multiIf(available, '', kind = '', 'unknown-device', NOT in_service, 'not-in-service', configurable, barred,
    told_reason IN ('', 'service-request', 'already-suppressed'), 'not-on-record', told_reason)) AS obstacle,
  off, alerts, messages, suppressible, already_off
FROM (
  SELECT pair.device AS device, pair.alert_code AS alert_code, known.kind AS kind, known.manufacturer AS manufacturer,
    known.model AS model, known.firmware AS firmware, known.region AS region, known.supplier AS supplier,
    known.gas_supplier AS gas_supplier, known.network_operator AS network_operator, known.credentials AS credentials,
    known.in_service AS in_service, code.remote_party AS remote_party,
    remote_party != '' AND arrayExists(request -> has(request.1, kind), requests) AS configurable,
    ${code_holder},
    ${obstacle} AS barred,
    told.reason AS told_reason,
    if(configurable, holder, toString(told.responsible_party)) AS party_asked, if(configurable, role, ${role_on_device}) AS role_asked,
    pair.off AS off, pair.alerts AS alerts, pair.messages AS messages, pair.suppressible AS suppressible, pair.already_off AS already_off
  FROM (
    SELECT device, alert_code, toBool(max(is_off)) AS off, sum(came) AS alerts, countIf(came > 0) AS messages,
      sumIf(came, suppression = 'suppressible') AS suppressible, sumIf(came, reason = 'already-suppressed') AS already_off,
      argMax(sipHash64(party_told, reason), at) AS last
    FROM (
      SELECT raw.device AS device, raw.alert_code AS alert_code, false AS is_off, toUInt64(raw.alerts) AS came, received_at AS at,
        suppression, reason, if({party:String} = '' OR responsible_party IN ('', {party:String}) OR responsible_party NOT IN (supplier, gas_supplier),
          responsible_party, 'other-supplier') AS party_told
      FROM ${database}.raw_alerts(target = '', seconds = 3600, from = {from:DateTime('UTC')}, to = {to:DateTime('UTC')}) AS raw
      WHERE {party:String} = '' OR device_kind IN ('CHF', 'GPF')
        OR {party:String} IN (supplier, gas_supplier, network_operator, responsible_party)
      UNION ALL
      SELECT device, code, true, toUInt64(0), toDateTime64(0, 3, 'UTC'), '', '', ''
      FROM (${switched_off})
    )
    GROUP BY device, alert_code
  ) AS pair
  LEFT JOIN (
    -- Few values of many devices.
    SELECT device, toLowCardinality(kind) AS kind, toLowCardinality(manufacturer) AS manufacturer, toLowCardinality(model) AS model,
      toLowCardinality(firmware) AS firmware, toLowCardinality(region) AS region, toLowCardinality(supplier) AS supplier,
      toLowCardinality(gas_supplier) AS gas_supplier, toLowCardinality(network_operator) AS network_operator,
      toLowCardinality(credentials) AS credentials, decommissioned_at IS NULL AS in_service, true AS own
    FROM ${database}.party_devices(at = {to:DateTime('UTC')}, party = {party:String})
  ) AS known ON known.device = pair.device
  LEFT JOIN (
    SELECT alert_code, remote_party FROM ${database}.codes WHERE version = newest AND ${can_be_off}
  ) AS code ON code.alert_code = pair.alert_code
  LEFT JOIN (
    SELECT DISTINCT sipHash64(party_told, reason) AS id, party_told AS responsible_party, reason
    FROM (
      SELECT reason, if({party:String} = '' OR volume.responsible_party IN ('', {party:String})
          OR volume.responsible_party NOT IN (volume.supplier, volume.gas_supplier), volume.responsible_party, 'other-supplier') AS party_told
      FROM ${volume lookback=0} AS volume
      WHERE {party:String} = '' OR volume.device_kind IN ('CHF', 'GPF')
        OR {party:String} IN (volume.supplier, volume.gas_supplier, volume.network_operator, volume.responsible_party)
    )
  ) AS told ON told.id = pair.last
  WHERE {party:String} = '' OR known.own
) AS rows
SETTINGS join_use_nulls = 0;

-- Devices of `suppression_devices` by code, kind, region, role, availability, obstacle, use and whether anything came although it was
-- off: in groups of ten or more, without a party's name.
CREATE OR REPLACE VIEW ${database}.suppression_protected ${on_cluster} AS
WITH cells AS (
  SELECT 0 AS span, alert_code,
    [toString(kind), toString(region), role, if(available, 'yes', 'no'), obstacle, if(off, 'yes', 'no'), if(already_off > 0, 'yes', 'no')] AS detail,
    [count()] AS counts, uniqState(device) AS state
  FROM ${database}.suppression_devices(from = {from:DateTime('UTC')}, to = {to:DateTime('UTC')}, party = {party:String})
  GROUP BY alert_code, detail
)
SELECT alert_code, detail[1] AS kind, detail[2] AS region, detail[3] AS role, detail[4] AS available, detail[5] AS obstacle,
  detail[6] AS off, detail[7] AS arriving, counts[1] AS devices
FROM ${protected_cells};

-- `party_volume` by London day, code, kind, region, the responsible party's role, suppression, reason and remedy: in groups of ten
-- devices or more on the day, without a party's name.
CREATE OR REPLACE VIEW ${database}.protected_volume ${on_cluster} AS
WITH
  (SELECT argMax(version, at) FROM ${database}.registry_versions) AS newest,
  ${party_roles},
  cells AS (
    SELECT toTimeZone(toDateTime(toDate(hour, 'Europe/London'), 'Europe/London'), 'UTC') AS span, alert_code,
      [kind, toString(region), ${role_on_device}, toString(suppression), toString(reason), toString(remedy)] AS detail,
      [sum(n), sum(n_messages)] AS counts, uniqMergeState(states) AS state
    FROM (
      SELECT hour, alert_code, toString(device_kind) AS kind, region, toString(volume.supplier) AS supplier,
        toString(volume.gas_supplier) AS gas_supplier, toString(volume.network_operator) AS network_operator,
        toString(volume.responsible_party) AS party_asked, suppression, reason, remedy,
        volume.alerts AS n, volume.messages AS n_messages, volume.devices_state AS states
      FROM ${party_volume lookback=0} AS volume
    )
    GROUP BY span, alert_code, detail
  )
SELECT span AS hour, alert_code, detail[1] AS device_kind, detail[2] AS region, detail[3] AS responsible_party, detail[4] AS suppression,
  detail[5] AS reason, detail[6] AS remedy, counts[1] AS alerts, counts[2] AS messages, state AS devices_state
FROM ${protected_cells};
