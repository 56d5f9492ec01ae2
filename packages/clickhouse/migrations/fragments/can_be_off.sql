-- Whether a code of the catalogue is such as a request may switch off. For a WHERE.
NOT safety AND criticality != 'critical' AND always_on = 'N'
      AND remote_party IN ('Supplier', 'Network Operator')
