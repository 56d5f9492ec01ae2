-- Whom the catalogue has a code addressed to: 'Supplier', 'Network Operator', 'WAN Provider', 'Access Control Broker'; empty where
-- it doesn't say.
ALTER TABLE ${database}.codes ${on_cluster} ADD COLUMN IF NOT EXISTS remote_party LowCardinality(String) AFTER always_on;

-- How far the suppression of alerts by service request is there and made use of, by code and responsible party, for a party's own
-- devices, of all where it is empty: codes that came in [from, to) or that are switched off somewhere.
-- devices: those in service at `to` which take the request and are the party's by record, as the code has it; available: of
-- these such as the party can switch the code off on, obstacles: of the others how many for which reason (as classify has
-- them: who is a DCC User, whose credentials, which request); off: those on which it is switched off by what is known.
-- alerts: all that came, suppressible and already_off (off, and arriving all the same, from already_off_devices): among them;
-- others: those that could not be switched off, by reason, as of the alert.
CREATE OR REPLACE VIEW ${database}.suppression_report ${on_cluster} AS
WITH
  ${registry_names},
  ${switching_off}
SELECT alert_code, meanings[alert_code] AS meaning, party,
  coalesce(nullIf(names[party], ''), nullIf(party, ''), 'no party') AS party_name,
  sum(counted) AS devices, sumIf(counted, obstacle = '') AS available, sum(counted_off) AS off,
  arrayZip((sumMapIf([obstacle], [counted], counted > 0 AND obstacle != '') AS stood).1, stood.2) AS obstacles,
  sum(came) AS alerts, sumIf(came, suppression = 'suppressible') AS suppressible, sumIf(came, reason = 'already-suppressed') AS already_off,
  sumIf(raised_by, reason = 'already-suppressed') AS already_off_devices,
  arrayZip((sumMapIf([reason], [came], came > 0 AND suppression != 'suppressible') AS refused).1, refused.2) AS others
FROM (
  SELECT toString(code.alert_code) AS alert_code,
    if({party:String} = '' OR holder IN ('', {party:String}) OR remote_party != 'Supplier', holder, 'other-supplier') AS party,
    ${obstacle} AS obstacle,
    devices AS counted, off.2[indexOf(off.1, alert_code)] AS counted_off,
    '' AS suppression, '' AS reason, toUInt64(0) AS came, toUInt64(0) AS raised_by,
    ${code_holder}
  FROM (
    SELECT kind, supplier, gas_supplier, network_operator, credentials, count() AS devices,
      sumMap(codes_off, arrayWithConstant(length(codes_off), toUInt64(1))) AS off
    FROM ${database}.party_devices(at = {to:DateTime('UTC')}, party = {party:String}) AS own
    LEFT JOIN (
      SELECT device, groupArray(toString(code)) AS codes_off
      FROM (
        ${switched_off}
      )
      GROUP BY device
    ) AS behaviour USING (device)
    WHERE decommissioned_at IS NULL AND arrayExists(request -> has(request.1, kind), requests)
    GROUP BY kind, supplier, gas_supplier, network_operator, credentials
  ) AS alike
  CROSS JOIN (
    SELECT alert_code, remote_party
    FROM ${database}.codes
    WHERE version = newest AND ${can_be_off}
  ) AS code
  UNION ALL
  SELECT toString(alert_code), toString(responsible_party), '', 0, 0, toString(suppression), toString(reason), sum(volume.alerts),
    uniqMerge(devices_state), false, '', '', ''
  FROM ${party_volume lookback=0} AS volume
  GROUP BY alert_code, responsible_party, suppression, reason
)
GROUP BY alert_code, party
HAVING alerts > 0 OR off > 0;
