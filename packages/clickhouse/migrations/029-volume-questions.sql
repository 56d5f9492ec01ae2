-- `alert_volume` of a party's own rows, of all where it is empty: of devices that it supplies or whose network it operates,
-- and what is addressed to it. Of other suppliers it learns no more than that they are others.
CREATE OR REPLACE VIEW ${database}.party_volume ${on_cluster} AS
SELECT * FROM ${party_volume lookback=0};

-- What can be stopped in `party_volume` as of its alerts, a row for each thing to do. party: who does it; lever: by the
-- service request that switches alerts off, or by a firmware that is released and that the devices can take, whose names
-- are those of `to`; what could be stopped by either counts for the switch. again: it is switched off by what is known,
-- and arrives all the same.
CREATE OR REPLACE VIEW ${database}.stoppable ${on_cluster} AS
WITH
  ${registry_names},
  (SELECT anyOrNull(name) FROM ${database}.levers WHERE version = newest AND kind = 'service-request') AS request,
  (
    SELECT mapFromArrays(groupArray(code), groupArray(firmwares))
    FROM (
      SELECT toString(arrayJoin(fixes)) AS code, arrayStringConcat(arraySort(groupArray(name)), ', ') AS firmwares
      FROM (
        SELECT name, any(codes) AS fixes, argMax(state, holds_from) AS state_then
        FROM ${database}.levers
        WHERE version = newest AND kind = 'firmware' AND holds_from <= {to:DateTime('UTC')}
        GROUP BY name
        HAVING state_then = 'released'
      )
      GROUP BY code
    )
  ) AS firmware
SELECT alert_code, meanings[toString(alert_code)] AS meaning, party,
  coalesce(nullIf(names[toString(party)], ''), nullIf(toString(party), ''), 'no party') AS party_name,
  lever, if(lever = 'firmware', firmware[toString(alert_code)], ifNull(request, 'service request 6.22')) AS lever_name,
  again, alerts, messages, devices
FROM (
  SELECT alert_code, if(suppression = 'suppressible', 'service-request', 'firmware') AS lever,
    if(suppression = 'suppressible', responsible_party, acting_party) AS party,
    toBool(reason = 'already-suppressed') AS again,
    sum(volume.alerts) AS alerts, sum(volume.messages) AS messages, uniqMerge(devices_state) AS devices
  FROM ${party_volume lookback=0} AS volume
  WHERE ${stoppable_now}
  GROUP BY alert_code, lever, party, again
);

-- Every code that the newest registry tells of.
CREATE OR REPLACE VIEW ${database}.code_dictionary ${on_cluster} AS
SELECT alert_code, name, plain, safety, criticality, always_on, mistaken_for, smets1, source
FROM ${database}.codes
WHERE version = (SELECT argMax(version, at) FROM ${database}.registry_versions);

-- Parties of the newest registry with the roles that hold at `at`; dcc_user: it is one in that role. To a party: itself,
-- the operators of its devices' networks, and those that serve their regions.
CREATE OR REPLACE VIEW ${database}.parties_at ${on_cluster} AS
WITH (
  SELECT (groupUniqArray(toString(network_operator)), groupUniqArray(toString(region)))
  FROM ${database}.party_devices(at = {at:DateTime('UTC')}, party = {party:String})
  WHERE {party:String} != ''
) AS met
SELECT party, name, role, kind, regions,
  toBool(arrayExists(span -> (span.1 IS NULL OR span.1 <= {at:DateTime('UTC')}) AND (span.2 IS NULL OR span.2 > {at:DateTime('UTC')}),
    dcc_user)) AS is_dcc_user
FROM ${database}.parties
WHERE version = (SELECT argMax(version, at) FROM ${database}.registry_versions)
  AND (valid_from IS NULL OR valid_from <= {at:DateTime('UTC')}) AND (valid_to IS NULL OR valid_to > {at:DateTime('UTC')})
  AND ({party:String} IN ('', party) OR has(met.1, toString(party))
    OR (role IN ('csp', 'dcc') AND (empty(regions) OR hasAny(arrayMap(one -> toString(one), regions), met.2))));
