-- Every device as it was at `at`: of each attribute the last that was told before then, empty where nothing was or it has
-- none. hub: that of a hub is itself, '0000000000000000' without one. Devices that were not yet told of have no row.
CREATE OR REPLACE VIEW ${database}.devices_at ${on_cluster} AS
SELECT device,
  ifNull(argMax(history.kind, told), '') AS kind,
  ifNull(argMax(history.manufacturer, told), '') AS manufacturer,
  ifNull(argMax(history.model, told), '') AS model,
  ifNull(argMax(history.firmware, told), '') AS firmware,
  ifNull(argMax(history.smets, told), '') AS smets,
  ifNull(argMax(history.cohort, told), '') AS cohort,
  ifNull(argMax(history.region, told), '') AS region,
  if(kind = 'CHF', device, ifNull(argMax(history.hub, told), toFixedString('0000000000000000', 16))) AS hub,
  ifNull(argMax(history.hub_release, told), '') AS hub_release,
  ifNull(argMax(history.supplier, told), '') AS supplier,
  ifNull(argMax(history.gas_supplier, told), '') AS gas_supplier,
  ifNull(argMax(history.network_operator, told), '') AS network_operator,
  ifNull(argMax(history.han_state, told), '') AS han_state,
  ifNull(argMax(history.credentials, told), '') AS credentials,
  minOrNullIf(effective_at, event = 'installed') AS installed_at,
  maxOrNullIf(effective_at, event = 'decommissioned') AS decommissioned_at
FROM (SELECT *, (effective_at, stream, partition, offset) AS told FROM ${database}.device_history) AS history
WHERE effective_at < {at:DateTime64(3, 'UTC')}
GROUP BY device;

-- The devices of `devices_at` that are a party's own, of all parties where it is empty: those that it supplies with
-- electricity or gas or whose network it operates; and of each HAN on which it is a supplier, the hub (CHF and GPF), which
-- is its own to each of them.
CREATE OR REPLACE VIEW ${database}.party_devices ${on_cluster} AS
SELECT *
FROM ${database}.devices_at(at = {at:DateTime64(3, 'UTC')})
WHERE {party:String} = '' OR {party:String} IN (supplier, gas_supplier, network_operator)
  OR (kind IN ('CHF', 'GPF') AND hub IN (
    SELECT hub
    FROM ${database}.devices_at(at = {at:DateTime64(3, 'UTC')})
    WHERE {party:String} IN (supplier, gas_supplier) AND hub != '0000000000000000'
  ));
