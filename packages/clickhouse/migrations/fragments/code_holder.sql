-- Whom a code that can be switched off is for by record, and in which role, of a device's kind, parties and credentials and the code's
-- `remote_party`. For a SELECT.
kind IN ('GSME', 'GPF') AS gas,
    if(remote_party = 'Supplier', '', credentials) AS held,
    multiIf(held = 'missing', '', remote_party = 'Network Operator', network_operator, gas, gas_supplier, supplier)::String AS holder,
    if(remote_party = 'Supplier', if(gas, 'gas-supplier', 'import-supplier'), if(gas, 'gas-transporter', 'electricity-distributor')) AS role
