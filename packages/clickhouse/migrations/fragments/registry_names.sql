-- For a view's WITH: the `newest` version of the registries, and by its ids what codes mean, in plain words where it has some, and
-- how parties are called.
(SELECT argMax(version, at) FROM ${database}.registry_versions) AS newest,
  (
    SELECT mapFromArrays(groupArray(toString(alert_code)), groupArray(if(plain = '', name, plain)))
    FROM ${database}.codes WHERE version = newest
  ) AS meanings,
  (
    SELECT mapFromArrays(groupArray(toString(id)), groupArray(called))
    FROM (SELECT party AS id, any(name) AS called FROM ${database}.parties WHERE version = newest GROUP BY party)
  ) AS names
