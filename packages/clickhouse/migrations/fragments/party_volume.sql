-- `party_volume` for a FROM, from `lookback` days before on.
(
SELECT volume.* REPLACE (
  if({party:String} = '' OR volume.supplier IN ('', {party:String}), volume.supplier, 'other-supplier') AS supplier,
  if({party:String} = '' OR volume.gas_supplier IN ('', {party:String}), volume.gas_supplier, 'other-supplier') AS gas_supplier,
  if({party:String} = '' OR volume.responsible_party IN ('', {party:String})
    OR volume.responsible_party NOT IN (volume.supplier, volume.gas_supplier), volume.responsible_party, 'other-supplier') AS responsible_party,
  if({party:String} = '' OR volume.acting_party IN ('', {party:String})
    OR volume.acting_party NOT IN (volume.supplier, volume.gas_supplier), volume.acting_party, 'other-supplier') AS acting_party
)
FROM ${volume lookback=${lookback}} AS volume
WHERE {party:String} = ''
  OR {party:String} IN (volume.supplier, volume.gas_supplier, volume.network_operator, volume.responsible_party)
)
