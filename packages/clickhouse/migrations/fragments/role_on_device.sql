-- The role in which `party_asked` has to do with a device of a kind and parties, by `party_roles` where these don't tell; empty
-- without a party, 'other' of one that the registries don't know. For wherever an expression may stand.
multiIf(party_asked = '', '', party_asked = 'other-supplier', if(kind IN ('GSME', 'GPF'), 'gas-supplier', 'import-supplier'),
  party_asked = gas_supplier AND kind IN ('GSME', 'GPF'), 'gas-supplier', party_asked = supplier, 'import-supplier', party_asked = gas_supplier, 'gas-supplier', party_asked = network_operator AND kind IN ('GSME', 'GPF'), 'gas-transporter',
  party_asked = network_operator, 'electricity-distributor', coalesce(nullIf(roles[party_asked], ''), 'other'))
