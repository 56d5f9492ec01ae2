-- `rollout_registered` of a party: of the rollouts that are for a model of its own devices; of all where it is empty.
CREATE OR REPLACE VIEW ${database}.party_rollouts ${on_cluster} AS
SELECT *
FROM ${database}.rollout_registered(to = {to:DateTime64(3, 'UTC')})
WHERE {party:String} = '' OR (manufacturer, model) IN (
  SELECT manufacturer, model
  FROM ${database}.party_devices(at = {to:DateTime64(3, 'UTC')}, party = {party:String})
  WHERE {party:String} != ''
);

-- What one device raised in [from, to), message by message as corrected, by code and by whether and why it could be stopped.
-- To a party only what it raised while it was the party's own, which a hub's is; of other suppliers it learns that they are
-- others.
CREATE OR REPLACE VIEW ${database}.device_alerts ${on_cluster} AS
SELECT alert_code, firmware, suppression, reason, remedy, remedy_reason,
  multiIf({party:String} = '' OR party IN ('', {party:String}) OR NOT has(suppliers, party), party, 'other-supplier') AS responsible_party,
  multiIf({party:String} = '' OR actor IN ('', {party:String}) OR NOT has(suppliers, actor), actor, 'other-supplier') AS acting_party,
  sum(one.n) AS alerts, count() AS messages, min(at) AS first_at, max(at) AS last_at
FROM (
  SELECT any(told.received_at) AS at, any(told.alert_code) AS alert_code, any(told.alerts) AS n,
    argMax((told.device_kind, told.firmware, told.suppression, told.reason, told.remedy, told.remedy_reason, told.responsible_party,
      told.acting_party, told.supplier, told.gas_supplier, told.network_operator), revision) AS last,
    last.1 AS kind, last.2 AS firmware, last.3 AS suppression, last.4 AS reason, last.5 AS remedy, last.6 AS remedy_reason,
    toString(last.7) AS party, toString(last.8) AS actor, [toString(last.9), toString(last.10)] AS suppliers,
    toString(last.11) AS operator
  FROM (
    SELECT toUInt64(0) AS revision, * FROM ${database}.alerts
    UNION ALL
    SELECT * FROM ${database}.corrections
    WHERE (toStartOfHour(received_at), revision) IN (
      SELECT hour, revision FROM ${database}.revisions WHERE at < initialQueryStartTime())
  ) AS told
  WHERE told.device = {device:String}
    AND told.received_at >= {from:DateTime64(3, 'UTC')} AND told.received_at < {to:DateTime64(3, 'UTC')}
  GROUP BY stream, partition, offset
) AS one
WHERE {party:String} = '' OR kind IN ('CHF', 'GPF') OR has(suppliers, {party:String}) OR {party:String} IN (operator, party)
GROUP BY alert_code, firmware, suppression, reason, remedy, remedy_reason, responsible_party, acting_party;
